"""Paper: prints what lives in /contracts, and signs it.

Pure: no database, no request, no reading of time. Values in, PDF bytes out.

    editions    what a lawyer wrote: clauses, page, fingerprint
    facts       the plain values a document is printed from
    wording     clauses and page filled with the facts, in a sandbox
    typesetting pages made of it: PDF/A-3, PDF/UA, nothing fetched
    printing    the three put together: `print_pdf`
    authority   the demonstration certificate authority
    signing     `sign`; checking: `check`, `signed_original`
"""
