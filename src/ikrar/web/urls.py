"""All routes: every room's, then the shell's own."""

from django.urls import URLPattern, URLResolver, include, path

from ikrar.web import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.front, name="front"),
    path("norma/", include("ikrar.norms.urls")),
    path("healthz", views.health, name="health"),
    path("", include("ikrar.oversight.urls")),
]
