"""The screens, in Qt: theme, widgets, main window and one folder per screen under `screens/`.

No rule, no SQL and no device lives here. Views paint frozen values; presenters import no Qt and
reach the services through `tasks.Tasks`; nothing blocks the UI thread.
"""
