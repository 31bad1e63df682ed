"""Access: who acts, what they may do, and where.

An :class:`.actors.Actor` is one person in one hat for one request. A rights source (registered
by the roster) gives dated :class:`.actors.Grant` s; a :class:`.policies.Policy` names the roles
that hold a permission and how far each reaches, and is a check and a filter in one object; a
:func:`.routes.route` binds a view to its policy. A route without a policy refuses to start.
"""
