"""The till's memory: journal, anchor, projections, local tables; nothing else speaks SQL.

No rule of the trade and no screen lives here. Every write of the product goes through `journal.record`
(facts) or `local` tables (print jobs, device settings); projections are thrown away and rebuilt by `verify`.
"""
