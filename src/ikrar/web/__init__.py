"""The shell: settings, routes, middleware, templates and static files."""
