"""Routes of the pact."""

from django.urls import path

from ikrar.pact.views import member

app_name = "pact"
urlpatterns = [
    path("beranda/data/", member.own_data, name="own_data"),
    path("pakta/", member.show, name="show"),
    path("pakta/luring/", member.offline, name="offline"),
    path("pakta/sw.js", member.worker, name="worker"),
    path("pakta/tanda-bukti/", member.make_own_receipt, name="own_receipt"),
    path("pakta/tanda-bukti/<uuid:signature>/", member.make_receipt, name="make_receipt"),
    path("pakta/tanda-bukti/<uuid:signature>/tanda-bukti.pdf", member.receipt, name="receipt"),
]
