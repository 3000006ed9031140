"""Routes of the registry."""

from django.urls import path

from ikrar.registry.views import bodies, doors, elections, imports, members

app_name = "registry"
urlpatterns = [
    path("m/", doors.enter, name="enter_link"),
    path("m/buktikan/", doors.prove, name="prove_link"),
    path("m/bukan-saya/", doors.not_mine, name="link_not_mine"),
    path("m/pin/", doors.choose_pin, name="choose_pin"),
    path("pemilihan/", elections.election, name="election"),
    path("wilayah/", elections.regions, name="regions"),
    path("badan/", bodies.index, name="index"),
    path("badan/impor/", imports.upload, name="import"),
    path("badan/impor/formulir.xlsx", imports.empty_form, name="import_form"),
    path("badan/impor/<uuid:upload>/kolom/", imports.mapping, name="import_mapping"),
    path("badan/impor/<uuid:upload>/periksa/", imports.preview, name="import_preview"),
    path("badan/impor/<uuid:upload>/pakai/", imports.mend, name="import_mend"),
    path("badan/impor/<uuid:upload>/perlu-diperbaiki.xlsx", imports.errors, name="import_errors"),
    path("badan/impor/<uuid:upload>/simpan/", imports.save, name="import_save"),
    path("badan/impor/<uuid:upload>/buang/", imports.discard, name="import_discard"),
    path("badan/impor/<uuid:saved>/", imports.result, name="import_result"),
    path("badan/impor/<uuid:saved>/batalkan/", imports.undo, name="import_undo"),
    path("badan/<str:code>/tambah/", members.add, name="add"),
    path("badan/<str:code>/periksa/", members.check_identity, name="check_identity"),
    path("orang/<uuid:member>/", members.correct, name="member"),
    path("orang/<uuid:member>/lihat/", members.reveal, name="reveal"),
    path("orang/<uuid:member>/pindah/", members.move, name="move"),
    path("orang/<uuid:member>/akhiri/", members.end, name="end"),
    path("orang/<uuid:member>/batalkan/", members.void, name="void"),
    path("orang/<uuid:member>/pemeriksaan/batalkan/", members.void_check, name="void_check"),
]
