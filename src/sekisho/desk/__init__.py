"""The desk: an HTTP API, pages and a record, on one machine or a small team's server.

    settings   what the server is started with
    app        the application: guard, API, pages
    server     `sekisho serve`
    problems   one shape of error, from the same exceptions as the terminal's text
    guard      who may ask, what may write, how much and how often
    api        /v1, one module a resource
    record     the store: a hash-linked log of what a user saved or did
    pages      what a person opens in a browser

It asks the engine and holds no law. The web stack stays behind this door.
"""
