"""Paper: prints what lives in /contracts, and signs it.

Pure but for `keeping`: no database, no request, no reading of time. Values in, PDF bytes out.

    editions    what a lawyer wrote: clauses, page, fingerprint
    facts       the plain values a document is printed from
    wording     clauses and page filled with the facts, in a sandbox
    typesetting pages made of it: PDF/A-3, PDF/UA, nothing fetched; finishing, fonts, qr belong to it
    printing    the three put together: `print_pdf`
    authority   the demonstration certificate authority
    signing     `sign`, with stamps; checking: `check`, `is_ours`, `signed_original`
    keeping     printing as part of an action, with the log's checkpoint
"""
