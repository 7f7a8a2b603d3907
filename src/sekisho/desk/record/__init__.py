"""The record: what a user saved or did, as entries of a log in which each carries the hash of the one before.

    address    where the store is: a file of SQLite, or a PostgreSQL
    store      one database, in transactions, one writer at a time
    opening    made, brought to the code's revision, or only looked into
    tables     the tables as the code sees them; `migrations` make them
    kinds      what can happen, and the shape of what is kept of it
    entry      one entry: its canonical form and its hash
    log        appending, once, whatever is sent again
    cases      what can be done to a case
    views      cases as they stand, worked out from the log
    check      whether a log holds together
    export     the log as JSON Lines
    backup     a copy while in use, and a record from a copy
    faults     what a database can do to us, as errors
    command    `sekisho log`

Nothing that was recorded is changed or removed; triggers in the database refuse it. It knows nothing of the web.
"""

from sekisho.desk.record.address import address
from sekisho.desk.record.log import LOCAL, Appended, Key, answered, append, head
from sekisho.desk.record.opening import look_into, open_record
from sekisho.desk.record.store import Store

__all__ = ["LOCAL", "Appended", "Key", "Store", "address", "answered", "append", "head", "look_into", "open_record"]
