"""Routes of the pact."""

from django.urls import path

from ikrar.pact.views import erasing, links, member, papers, signatures, worker

app_name = "pact"
urlpatterns = [
    path("beranda/data/", member.own_data, name="own_data"),
    path("pakta/", member.show, name="show"),
    path("pakta/luring/", worker.offline, name="offline"),
    path("pakta/sw.js", worker.worker, name="worker"),
    path("pakta/tanda-bukti/", member.make_own_receipt, name="own_receipt"),
    path("pakta/tanda-bukti/<uuid:signature>/", member.make_receipt, name="make_receipt"),
    path("pakta/tanda-bukti/<uuid:signature>/tanda-bukti.pdf", member.receipt, name="receipt"),
    path("pakta/siapkan/", links.prepare, name="prepare"),
    path("pakta/tautan/<uuid:member>/terbitkan-ulang/", links.reissue, name="reissue"),
    path("pakta/alasan/<uuid:member>/", links.read_reason, name="reason"),
    path("pakta/orang/<uuid:member>/", signatures.show_member, name="member"),
    path("pakta/tanda-tangan/<uuid:signature>/batalkan/", signatures.void, name="void"),
    path("pakta/tanda-tangan/<uuid:signature>/hapus/", erasing.erase, name="erase"),
    path("pakta/kertas/", papers.index, name="papers"),
    path("pakta/kertas/baru/", papers.enter_first, name="paper_new"),
    path("pakta/kertas/<uuid:entry>/", papers.enter_second, name="paper"),
    path("pakta/kertas/<uuid:entry>/pindaian", papers.scan, name="paper_scan"),
    path("pakta/kertas/<uuid:entry>/kembalikan/", papers.give_back, name="paper_return"),
    path("pakta/kertas/<uuid:entry>/betulkan/", papers.correct, name="paper_correct"),
    path("pakta/kertas/<uuid:entry>/kesampingkan/", papers.discard, name="paper_discard"),
]
