"""The fields that a roster can bring, and the headings under which offices write them."""

import re
from enum import StrEnum

from ikrar.core.codes import N_, Code
from ikrar.registry.rules.letters import tidy
from ikrar.registry.rules.places import edit_distance


class Field(StrEnum):
    """A field of the roster; the value is how a mapping file names it. DECREE is number and date in one cell."""

    NIK = "nik"
    NAME = "name"
    SEX = "sex"
    BIRTH_DATE = "birth_date"
    PHONE = "phone"
    BODY = "body"
    KECAMATAN = "kecamatan"
    VILLAGE = "village"
    POSITION = "position"
    DECREE_NUMBER = "decree_number"
    DECREE_DATE = "decree_date"
    DECREE = "decree"


class FieldName(Code):
    """What a field is called on the page, by the name of the field."""

    NIK = N_("NIK")
    NAME = N_("Name")
    SEX = N_("Sex")
    BIRTH_DATE = N_("Birth date")
    PHONE = N_("Phone")
    BODY = N_("Body")
    KECAMATAN = N_("Kecamatan")
    VILLAGE = N_("Village")
    POSITION = N_("Position")
    DECREE_NUMBER = N_("Decree number")
    DECREE_DATE = N_("Decree date")
    DECREE = N_("Decree number and date")


class Reading(Code):
    """How a field is read, told on the mapping page."""

    NIK = N_("16 digits, as text")
    NAME = N_("capitals become ordinary: {example}")
    SEX = N_("L or P, also in words")
    BIRTH_DATE = N_("day, month, year; the place is not stored")
    PHONE = N_("0812, 62 or +62 alike")
    BODY = N_("PPK or PPS, also with the place: PPS Manuntung")
    KECAMATAN = N_("as in the region list, without regard to spaces and capitals")
    VILLAGE = N_("an empty village means PPK")
    POSITION = N_("Ketua, Anggota")
    DECREE_NUMBER = N_("97/2024 becomes 97 Tahun 2024")
    DECREE_DATE = N_("day, month, year")
    DECREE = N_("split at the comma: number, date")


class Why(Code):
    """Why a column was given its field, or none."""

    REMEMBERED = N_("as last time")
    HEADER = N_("by its heading")
    CONTENT = N_("by what stands in it")
    NEAR_HEADER = N_("the heading is similar to {heading}")
    NEAR_DECREE = N_("what stands in it is a number and a date")
    NOT_STORED = N_("not used, not stored")
    UNKNOWN = N_("not recognised")
    TAKEN = N_("another column is used for this")


MANDATORY = (Field.NAME, Field.BODY, Field.POSITION)

_HEADINGS: dict[Field | None, str] = {
    Field.NIK: "nik|no nik|nomor nik|no ktp|nomor ktp|ktp|nik ktp|no nik ktp|no ktp nik|nomor induk kependudukan"
               "|no induk kependudukan|nik sesuai ktp|nomor nik ktp|nik 16 digit|nik 16 angka",
    Field.NAME: "nama|nama lengkap|nama anggota|nama lengkap anggota|nama ppk|nama pps|nama anggota ppk|nama anggota pps"
                "|nama petugas|nama penyelenggara|nama sesuai ktp|nama lengkap sesuai ktp|nama dan gelar"
                "|nama lengkap dan gelar|nama lengkap dengan gelar|nama anggota badan adhoc|name|full name|nama ppk pps"
                "|nama badan adhoc|nama terpilih|nama calon terpilih|nama calon|nama peserta|nama lengkap sesuai e ktp",
    Field.SEX: "l p|lp|p l|jk|j k|jenis kelamin|jenis kelamin l p|jns kelamin|kelamin|jenis kel|sex|gender|l p jenis kelamin"
               "|jenis kelamin lk pr|lk pr|jen kel",
    Field.BIRTH_DATE: "tanggal lahir|tgl lahir|tgl lhr|tanggal kelahiran|ttl|t t l|tempat tanggal lahir|tempat tgl lahir"
                      "|tempat dan tanggal lahir|tempat dan tgl lahir|tempat tgl lhr|tmpt tgl lahir|tmp tgl lahir"
                      "|tempat tgl kelahiran|lahir|tgl bln thn lahir|birth date|date of birth|born"
                      "|tempat lahir tanggal lahir|tempat lahir tgl lahir|tanggal lahir dd mm yyyy|tanggal lahir hh bb tttt",
    Field.PHONE: "no hp|hp|nomor hp|no telp|no tlp|telp|no telepon|nomor telepon|telepon|no wa|wa|nomor wa|whatsapp"
                 "|no whatsapp|nomor whatsapp|no hp wa|no wa hp|nomor hp wa|no handphone|nomor handphone|handphone"
                 "|kontak|no kontak|nomor kontak|phone|telp hp|no telp hp|no hp aktif|nomor hp aktif|no ponsel|ponsel"
                 "|nomor ponsel|contact|no hp whatsapp|telepon hp",
    Field.BODY: "badan|badan adhoc|badan ad hoc|jenis badan|ppk pps|lembaga|badan penyelenggara|nama badan|unit"
                "|tingkat|tingkatan|jenis badan adhoc|body|penyelenggara|unit kerja",
    Field.KECAMATAN: "kecamatan|kec|nama kecamatan|distrik|kecamatan ppk|ppk kecamatan|wilayah kecamatan|kecamatan distrik"
                     "|asal kecamatan|district",
    Field.VILLAGE: "desa|kelurahan|desa kelurahan|desa kel|kel desa|kelurahan desa|nama desa|nama kelurahan"
                   "|nama desa kelurahan|nama desa kel|gampong|nagari|kampung|desa kelurahan pps|pps desa|pps desa kelurahan"
                   "|ds kel|desa kel pps|village|kel ds|desa pps",
    Field.POSITION: "jabatan|kedudukan|posisi|position|jabatan dalam badan|jabatan ppk pps|jabatan ppk|jabatan pps"
                    "|jabatan dalam ppk|jabatan dalam pps|jabatan keanggotaan|jab|jabatan di badan adhoc"
                    "|jabatan badan adhoc|peran",
    Field.DECREE_NUMBER: "no sk|nomor sk|sk nomor|sk no|no sk pengangkatan|nomor sk pengangkatan|nomor keputusan"
                         "|no keputusan|nomor surat keputusan|no surat keputusan|keputusan nomor|nomor sk kpu|no sk kpu"
                         "|decree number|sk pengangkatan nomor|sk pengangkatan no",
    Field.DECREE_DATE: "tgl sk|tanggal sk|sk tanggal|sk tgl|tanggal keputusan|tgl keputusan|tgl surat keputusan"
                       "|tanggal surat keputusan|tanggal sk pengangkatan|tgl sk pengangkatan|decree date"
                       "|sk pengangkatan tanggal|sk pengangkatan tgl",
    Field.DECREE: "nomor dan tanggal sk|no dan tanggal sk|no dan tgl sk|nomor tanggal sk|no tgl sk|nomor dan tgl sk"
                  "|sk nomor dan tanggal|sk nomor tanggal|nomor dan tanggal keputusan|no tgl keputusan|no tanggal sk"
                  "|nomor tgl sk|no dan tgl keputusan|nomor dan tanggal surat keputusan",
    # Columns that sheets carry and that are left out on purpose; nothing of them is stored.
    None: "no|nomor|no urut|nomor urut|nourut|urut|rek|no rek|nomor rek|no rekening|nomor rekening|rekening|nama bank"
          "|bank|npwp|no npwp|alamat|alamat lengkap|alamat rumah|email|e mail|surel|alamat email|agama|pendidikan"
          "|pendidikan terakhir|pekerjaan|umur|usia|keterangan|ket|tempat lahir|tmpt lahir|status|status perkawinan"
          "|foto|bpjs|no bpjs|tps|rt|rw|rt rw|divisi|tmt|honor|ttd|tanda tangan|paraf|kode|kode wilayah|no kk"
          "|nomor kk|nama ibu|nama ibu kandung|ukuran baju|nilai|peringkat|kabupaten|kabupaten kota|provinsi",
}
_BARE_DECREE = {"sk", "keputusan", "sk pengangkatan", "surat keputusan", "sk kpu", "dasar pengangkatan", "nomor sk tanggal"}
_BY_HEADING = {heading: field for field, headings in _HEADINGS.items() for heading in headings.split("|")}


def fold_heading(text: str) -> str:
    """`TEMPAT, TGL LAHIR` and `Tempat / Tgl. Lahir` alike; what stands in brackets is dropped only where needed."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", tidy(text).casefold()).split())


def known_heading(text: str) -> Field | None:
    """The field that a heading names, also without what it says in brackets: `NAMA (sesuai KTP)`."""
    return _BY_HEADING.get(fold_heading(text)) or _BY_HEADING.get(fold_heading(re.sub(r"[(\[].*?[)\]]", " ", text)))


def is_left_out(text: str) -> bool:
    """A column that sheets carry and that we leave out on purpose."""
    return _BY_HEADING.get(fold_heading(text), Field.NAME) is None


def is_numbering(text: str) -> bool:
    """The column that only counts the rows."""
    return fold_heading(text) in ("no", "nomor", "no urut", "nomor urut", "nourut", "urut")


def is_bare_decree(text: str) -> bool:
    """`SK` alone: number, date or both, only the content tells."""
    return fold_heading(text) in _BARE_DECREE


def near_heading(text: str) -> tuple[Field, str] | None:
    """The field whose heading a slip of the finger would explain, and that heading."""
    wanted = fold_heading(text)
    if len(wanted) < 5:
        return None
    allowed = 1 if len(wanted) < 8 else 2
    distance, heading = min((edit_distance(wanted, heading, allowed), heading) for heading in _BY_HEADING
                            if len(heading) >= 4)
    field = _BY_HEADING[heading]
    return (field, heading) if field and distance <= allowed else None
