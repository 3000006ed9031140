"""All routes: every room's, then the shell's own."""

from django.urls import URLPattern, URLResolver, include, path

from ikrar.web import guide, home, office, sheets, views
from ikrar.web.api import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.front, name="front"),
    path("beranda/", home.home, name="home"),
    path("privasi/", views.privacy, name="privacy"),
    path("api/v1/", api.urls),
    path("healthz", views.health, name="health"),
    path("periksa-sendiri/", views.verify_yourself, name="verify_yourself"),
    path("", include("ikrar.ledger.urls")),
    path("", include("ikrar.access.urls")),
    path("akun/lembar-pemulihan/", sheets.recovery_sheet, name="recovery_sheet"),
    path("kantor/orang/lembar-undangan/", sheets.invitation_sheet, name="invitation_sheet"),
    path("kantor/", office.office, name="office"),
    path("kantor/contoh/", office.specimen, name="specimen"),
    path("galeri/", views.gallery, name="gallery"),
    path("panduan/", guide.index, name="guides"),
    path("panduan/<str:name>/", guide.show, name="guide"),
    path("", include("ikrar.registry.urls")),
    path("", include("ikrar.oversight.urls")),
    path("norma/", include("ikrar.norms.urls")),
    path("", include("ikrar.texts.urls")),
    path("", include("ikrar.pact.urls")),
    path("", include("ikrar.oath.urls")),
]

handler400 = "ikrar.web.views.bad_request"
handler404 = "ikrar.web.views.not_found"
handler500 = "ikrar.web.views.broken"
