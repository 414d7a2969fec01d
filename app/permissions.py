"""Who may do what: one row per action and role. It prints as a page an auditor can read (/rulebook/permissions).

A cell is a role and a scope: `any` record, one in the person's `place`, one that names the person (`named`), or one
whose buyer, supplier, evaluator, supervisor or self is the person's own body. Separation of duties (maker ≠ checker,
drafter ≠ reviewer, evaluator ≠ related party) is law and stands in app/rules.
"""

from app.core.access import Grant

OFFICER = Grant("officer", "buyer")
APPROVER = Grant("approver", "buyer")
FINANCE = Grant("finance_officer", "buyer")
LEADER = Grant("leader", "buyer")
SUPERVISOR = Grant("supervisor", "any")
REGISTRAR = Grant("registrar", "any")
MANAGER = Grant("manager", "supplier")
CLERK = Grant("clerk", "supplier")
AUTHORITY = Grant("registrar", "authority")
COUNTER = Grant("registrar", "counter")
APPLICANTS = tuple(Grant(role, "applicant") for role in ("sponsor", "manager", "clerk"))
APPLICANT_READERS = tuple(Grant(grant.role, "self") for grant in APPLICANTS)
EVALUATOR = Grant("evaluator", "evaluator")
DECIDERS = (AUTHORITY, Grant("leader", "authority"))
DECIDERS_ANYWHERE = (REGISTRAR, Grant("leader", "any"))  # the register is one; whose case it is was asked before
ADMIN = Grant("administrator", "any")
CLOCK = Grant("clock", "any")
KEEPER = Grant("keeper", "any")
PUBLIC = Grant("public", "any")
# whoever answers the public for a body: the one who writes an answer and the one who reviews it are two (G-54)
ANSWERERS = (Grant("officer", "self"), Grant("approver", "self"), Grant("leader", "self"), Grant("registrar", "self"))
# an organization's own people keep its service points; its manager makes them public
POINT_KEEPERS = (Grant("manager", "self"), Grant("clerk", "self"))
SIGNED_IN = tuple(
    Grant(role)
    for role in (
        "officer", "approver", "finance_officer", "leader", "registrar", "manager", "clerk", "expert", "evaluator",
        "keyholder", "supervisor", "grid_worker", "administrator", "sponsor",
    )
)  # fmt: skip
BUYERS = (OFFICER, APPROVER, FINANCE, LEADER)
READERS = (*BUYERS, SUPERVISOR, Grant("administrator"))
# what bidders offer is no business of whoever runs the machine, and of supervisors only in their own place
OFFER_READERS = (*BUYERS, Grant("supervisor", "place"))
# what an organization does for itself; its supervising unit's people; the registrars of its place
OWN_REPORT = (Grant("manager", "self"), Grant("clerk", "self"))
REPORT_SUPERVISORS = tuple(Grant(role, "supervisor") for role in ("officer", "approver", "leader"))
REPORT_REGISTRAR = Grant("registrar", "place")

GRANTS: dict[str, tuple[Grant, ...]] = {
    # accounts
    "account.read_own": SIGNED_IN,
    "body.add": (REGISTRAR, ADMIN, KEEPER),
    "body.amend": (REGISTRAR, ADMIN, KEEPER),
    "person.add": (REGISTRAR, ADMIN, KEEPER),
    "person.amend": (ADMIN, KEEPER),
    "person.change_password": tuple(Grant(g.role, "named") for g in SIGNED_IN),
    "person.list": (ADMIN, REGISTRAR, SUPERVISOR),
    "relation.add": (ADMIN, REGISTRAR, SUPERVISOR, KEEPER),
    "session.revoke": (*(Grant(g.role, "named") for g in SIGNED_IN), ADMIN),
    "security.read": (ADMIN, SUPERVISOR),
    # agreements
    "agreement.complete": (OFFICER, CLOCK),
    "agreement.countersign": (LEADER, MANAGER),
    "agreement.draw_up": (OFFICER,),
    "agreement.publish": (OFFICER,),
    "agreement.read": (*READERS, MANAGER, CLERK),
    "agreement.sign": (LEADER, MANAGER),
    "agreement.terminate": (LEADER,),
    "instalment.accrue": (LEADER, MANAGER, OFFICER, CLOCK),
    "instalment.pay": (FINANCE,),
    "instalment.withhold": (OFFICER, CLOCK),
    # awards
    "award.announce": (OFFICER,),
    "award.annul": (LEADER,),
    "award.contract": (LEADER, MANAGER),
    "award.decide": (LEADER, CLOCK),
    "award.read": (*READERS, MANAGER, CLERK),
    "committee.declare": (Grant("expert", "named"), Grant("officer", "named"), Grant("approver", "named")),
    "committee.draw": (OFFICER,),
    "committee.score": (Grant("expert", "named"), Grant("officer", "named"), Grant("approver", "named")),
    "committee.sit": (*READERS, Grant("expert", "named")),
    "judging.report": (OFFICER,),
    "low_price.answer": (MANAGER, CLERK),
    "low_price.ask": (OFFICER,),
    "low_price.decide": (OFFICER,),
    "low_price.read": (*OFFER_READERS, MANAGER, CLERK),
    "qualification.check": (OFFICER,),
    # bids
    "bid.give_back": (Grant("keyholder"), OFFICER, CLOCK),
    "bid.hand_in": (MANAGER, CLERK),
    "bid.read": (*OFFER_READERS, MANAGER, CLERK),
    "bid.read_own": (Grant("manager", "supplier"), Grant("clerk", "supplier")),
    "bid.replace": (MANAGER, CLERK),
    "bid.spoil": (Grant("keyholder"), OFFICER),
    "bid.unseal": (Grant("keyholder"), OFFICER),
    "bid.withdraw": (MANAGER, CLERK),
    "bidding.enter": (Grant("manager"), Grant("clerk")),
    "opening.hold": (Grant("keyholder"), OFFICER),
    "opening.read": (*READERS, Grant("keyholder", "named"), Grant("manager"), Grant("clerk")),
    "share.release": (Grant("keyholder", "named"),),
    # budgets
    "budget.read": READERS,
    "budget_line.add": (FINANCE, OFFICER),
    # the last signature of a contract commits and accrues, whoever's it is; the ledger's lines are the buyer's
    "ledger.accrue": (LEADER, Grant("manager"), OFFICER, CLOCK),
    "ledger.appropriate": (FINANCE,),
    "ledger.commit": (LEADER, Grant("manager")),
    "ledger.pay": (FINANCE,),
    "ledger.release": (OFFICER, FINANCE),
    # catalogue, law, calendar
    "calendar.set": (ADMIN, KEEPER),
    "catalogue.edit": (ADMIN, KEEPER),
    "norm.set": (ADMIN, KEEPER),
    # complaints
    "complaint.accept": ANSWERERS,
    "complaint.draft": ANSWERERS,
    "complaint.extend": ANSWERERS,
    "complaint.forward": ANSWERERS,
    "complaint.handle": (*ANSWERERS, Grant("manager", "supplier"), Grant("clerk", "supplier")),
    "complaint.judge": (PUBLIC,),
    "complaint.pass_time": (CLOCK,),
    "complaint.publish": ANSWERERS,
    "complaint.refuse": ANSWERERS,
    "complaint.respond": (MANAGER, CLERK),
    "complaint.send_back": ANSWERERS,
    "complaint.withdraw": (PUBLIC,),
    "complaint.write": (PUBLIC,),
    # credit information
    "credit.correct": (REGISTRAR,),
    "credit.decide": (REGISTRAR,),
    "credit.drop": (REGISTRAR,),
    "credit.enter": (REGISTRAR,),
    "credit.expire": (CLOCK,),
    "credit.find": (REGISTRAR, CLOCK),
    "credit.hear": (REGISTRAR,),
    "credit.list": (REGISTRAR, SUPERVISOR),
    "credit.notify": (REGISTRAR,),
    "credit.object": (Grant("manager", "self"), Grant("clerk", "self")),
    "credit.propose": (REGISTRAR,),
    "credit.read": (REGISTRAR, SUPERVISOR, Grant("manager", "self"), Grant("clerk", "self")),
    "credit.remove": (REGISTRAR,),
    "credit.repair": (Grant("manager", "self"), Grant("clerk", "self")),
    "credit.send_back": (REGISTRAR,),
    "credit.state": (Grant("manager", "self"), Grant("clerk", "self")),
    "credit_objection.dismiss": (REGISTRAR,),
    "credit_objection.uphold": (REGISTRAR,),
    "credit_repair.confirm": (REGISTRAR,),
    "credit_repair.refuse": (REGISTRAR,),
    # delivery
    "acceptance.record": (OFFICER,),
    "delivery.import": (MANAGER, CLERK),
    "delivery.read": (*READERS, MANAGER, CLERK, Grant("evaluator", "any")),
    # the demonstration
    "clock.move": (ADMIN,),
    # desk
    "desk.read": SIGNED_IN,
    # evaluations
    "evaluation.assign": (OFFICER,),
    "evaluation.declare": (EVALUATOR,),
    "evaluation.decline": (EVALUATOR,),
    "evaluation.publish": (OFFICER,),
    "evaluation.read": (*READERS, EVALUATOR, MANAGER, CLERK),
    "evaluation.reply": (MANAGER, CLERK),
    "evaluation.score": (EVALUATOR,),
    # files
    "file.keep": (*SIGNED_IN, CLOCK, KEEPER),
    # grading
    "grade.cancel": DECIDERS,
    "grade.expire": (CLOCK,),
    "grade.give": DECIDERS,
    "grade.lower": DECIDERS,
    "grade.replace": DECIDERS_ANYWHERE,
    "grade.take_back": DECIDERS,
    "grade_reduction.answer": OWN_REPORT,
    "grade_reduction.decide": DECIDERS,
    "grade_reduction.drop": DECIDERS,
    "grade_reduction.propose": (AUTHORITY,),
    "grade_reduction.read": (*DECIDERS, *OWN_REPORT, SUPERVISOR),
    "grading.accept": (AUTHORITY,),
    "grading.answer": OWN_REPORT,
    "grading.apply": (Grant("manager"), Grant("clerk")),
    "grading.assess": (Grant("expert", "named"),),
    "grading.begin": OWN_REPORT,
    "grading.conclude": (AUTHORITY,),
    "grading.decide": DECIDERS,
    "grading.declare": (Grant("expert", "named"),),
    "grading.draw": (AUTHORITY,),
    "grading.list": SIGNED_IN,
    "grading.publicize": (AUTHORITY,),
    "grading.read": (*DECIDERS, *OWN_REPORT, *(Grant(g.role, "named") for g in SIGNED_IN), SUPERVISOR),
    "grading.reassess": (AUTHORITY,),
    "grading.refuse": (AUTHORITY,),
    "grading.review": (AUTHORITY,),
    "grading.score": (Grant("expert", "named"),),
    "grading.send_back": (AUTHORITY,),
    "grading.submit": OWN_REPORT,
    "grading.vote": tuple(Grant(g.role, "named") for g in SIGNED_IN),
    "grading.withdraw": (Grant("manager", "self"),),
    "grading_objection.make": (AUTHORITY, *OWN_REPORT),
    "grading_objection.put_to_vote": (AUTHORITY,),
    "grading_objection.reject": (AUTHORITY,),
    "grading_objection.uphold": (AUTHORITY,),
    "grading_round.close": (AUTHORITY,),
    "grading_round.name": (AUTHORITY,),
    "grading_round.open": (AUTHORITY,),
    "grading_scheme.add": (ADMIN, KEEPER),
    # payments
    "payment.check": (FINANCE, APPROVER),
    "payment.pay": (FINANCE,),
    "payment.read": (*READERS, MANAGER, CLERK),
    "payment.refuse": (FINANCE, APPROVER),
    "payment.request": (MANAGER, CLERK),
    # places
    "place.add": (ADMIN, KEEPER),
    "place.import": (ADMIN, KEEPER),
    "place.read": (PUBLIC,),
    # plans
    "project.approve": (APPROVER, LEADER),
    "project.cancel": (LEADER,),
    "project.close": (OFFICER,),
    "project.draft": (OFFICER,),
    "project.edit": (OFFICER,),
    "project.list": tuple(Grant(g.role) for g in READERS),
    "project.prepare": (OFFICER,),
    "project.read": (*READERS, EVALUATOR),
    "project.send_back": (APPROVER, LEADER),
    "project.submit": (OFFICER,),
    # registration
    "application.accept": (AUTHORITY,),
    "application.answer": (*APPLICANTS, COUNTER),
    "application.ask": (AUTHORITY,),
    "application.decide": (AUTHORITY,),
    "application.decline": (AUTHORITY,),
    "application.draft": (*APPLICANTS, COUNTER),
    "application.edit": (*APPLICANTS, COUNTER),
    "application.grant": (AUTHORITY,),
    "application.list": (*(Grant(g.role) for g in APPLICANTS), Grant("registrar"), SUPERVISOR),
    "application.read": (*APPLICANT_READERS, AUTHORITY, Grant("supervisor", "place")),
    "application.refuse": (AUTHORITY,),
    "application.review": (AUTHORITY,),
    "application.send_back": (AUTHORITY,),
    "application.submit": (*APPLICANTS, COUNTER),
    "application.withdraw": (*APPLICANTS, COUNTER),
    "branch.add": (REGISTRAR,),
    "branch.close": (REGISTRAR,),
    "certificate.cancel": (AUTHORITY,),
    "certificate.issue": (AUTHORITY,),
    "certificate.read": (*APPLICANT_READERS, AUTHORITY),
    "certificate.supersede": (AUTHORITY,),
    "charter.approve": (REGISTRAR,),
    "council.end": (REGISTRAR,),
    "council.seat": (REGISTRAR,),
    "headship.note": (REGISTRAR,),
    "party.end": (REGISTRAR,),
    "party.keep": (REGISTRAR,),
    "sponsor.add": (REGISTRAR,),
    "sponsor.become_manager": (REGISTRAR,),
    # registry
    "import.apply": (REGISTRAR, KEEPER),
    "import.begin": (REGISTRAR, KEEPER),
    "import.discard": (REGISTRAR,),
    "import.preview": (REGISTRAR, KEEPER),
    "import.refuse": (REGISTRAR, KEEPER),
    "organization.amend": (REGISTRAR, KEEPER),
    "organization.deregister": (REGISTRAR, KEEPER),
    "organization.grade": (*DECIDERS_ANYWHERE, CLOCK),
    "organization.import": (REGISTRAR, KEEPER),
    "organization.qualify": (REGISTRAR,),
    "organization.recognize": (REGISTRAR,),
    "organization.register": (REGISTRAR, KEEPER),
    "service_point.add": POINT_KEEPERS,
    "service_point.close": (Grant("manager", "self"),),
    "service_point.confirm": (Grant("manager", "self"),),
    "service_point.edit": POINT_KEEPERS,
    "saved_search.add": SIGNED_IN,
    "saved_search.amend": tuple(Grant(g.role, "named") for g in SIGNED_IN),
    "standing.enter": (REGISTRAR, KEEPER),
    # reports
    "overdue.mark": (CLOCK,),
    "report.answer": OWN_REPORT,
    "report.ask": (REPORT_REGISTRAR,),
    "report.decide": (REPORT_REGISTRAR,),
    "report.hand_in": OWN_REPORT,
    "report.list": (Grant("registrar"),),
    "report.mine": (Grant("manager"), Grant("clerk")),
    "report.opine": REPORT_SUPERVISORS,
    "report.propose": (REPORT_REGISTRAR,),
    "report.read": (*OWN_REPORT, *REPORT_SUPERVISORS, REPORT_REGISTRAR),
    "report.reconsider": (REPORT_REGISTRAR,),
    "report.send_back": REPORT_SUPERVISORS,
    "report.start": OWN_REPORT,
    "report.submit": OWN_REPORT,
    "report.write": OWN_REPORT,
    # tenders
    "keyholder.name": (OFFICER,),
    "keyholder.register_key": (Grant("keyholder", "named"),),
    "tender.award": (LEADER, CLOCK),
    "tender.cancel": (LEADER,),
    "tender.draft": (OFFICER,),
    "tender.edit": (OFFICER,),
    "tender.fail": (OFFICER,),
    "tender.judge": (OFFICER,),
    "tender.manage": (*READERS, Grant("keyholder", "named")),
    "tender.open": (Grant("keyholder", "named"), OFFICER),
    "tender.publish": (OFFICER,),
    # the public site
    "public.read": (PUBLIC,),
}
