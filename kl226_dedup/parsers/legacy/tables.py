"""The code tables of the old Vietnamese encodings, as constants: parsers are given no tables from outside.

The n-th character of one becomes the n-th of the other. The sources are the
bytes of the encoding as Latin-1 characters; VNI and VIQR write one letter as two or three characters.
"""

from __future__ import annotations

from typing import Final

TCVN3_SOURCE: Final = "¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ"
TCVN3_TARGET: Final = "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
VISCII_SOURCE: Final = (
    "\x02\x05\x06\x14\x19\x1e\x80\x81\x82\x83\x84\x85\x86\x87\x88\x89\x8a\x8b\x8c\x8d\x8e\x8f\x90\x91\x92\x93\x94\x95\x96\x97"
    "\x98\x99\x9a\x9b\x9c\x9d\x9e\x9f\xa0¡¢£¤¥¦§¨©ª«¬\xad®¯°±²³´µ"
    "¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓ"
    "ÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñ"
    "òóôõö÷øùúûüýþÿ"
)
VISCII_TARGET: Final = (
    "ẲẴẪỶỸỴẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞ"
    "ỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộ"
    "ờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓ"
    "ÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđự"
    "òóôõỏọụùúũủýợỮ"
)
VPS_SOURCE: Final = (
    "\x02\x03\x04\x05\x06\x10\x11\x12\x13\x14\x15\x19\x1c\x1d\x80\x81\x82\x83\x84\x85\x86\x87\x88\x89\x8a\x8b\x8c\x8d\x8e\x8f"
    "\x90\x93\x94\x95\x96\x97\x98\x99\x9a\x9b\x9c\x9d\x9e\x9f¡¢£¤¥¦§¨©ª«¬\xad®¯°"
    "±²³´µ¶·¸¹º»¼½¾¿ÀÃÄÅÆÇÈËÌÍÎÏÐÑÒ"
    "ÓÕÖ×ØÙÛÜÞäåæëïðñ÷øûýþÿ"
)
VPS_TARGET: Final = (
    "ẠẬẶẸỆỊỌỘỢỤỰỴẪỮÀẢÃẤẦẨọỗĂếềểệẮẰẲ"
    "ẾỀỂỄỐỒỔỖýỷỵỚỜỞắằẳẵặỠớÙờởỡŨỨợỪổ"
    "ỬỲỸÍÌộỈĨÓửữÒỎÕựầấẩẫậđẻẹỉễịỹƯỦồ"
    "ốỏơÈừứũưẺảạăẽĩẴĐƠụủỶẼỳ"
)
VNI: Final = (  # letter, then how it is written
    "ÀAØ ÁAÙ ÂAÂ ÃAÕ ÈEØ ÉEÙ ÊEÂ ÒOØ ÓOÙ ÔOÂ ÕOÕ ÙUØ ÚUÙ ÝYÙ àaø áaù âaâ ãaõ "
    "èeø éeù êeâ òoø óoù ôoâ õoõ ùuø úuù ýyù ĂAÊ ăaê ŨUÕ ũuõ ẠAÏ ạaï ẢAÛ ảaû "
    "ẤAÁ ấaá ẦAÀ ầaà ẨAÅ ẩaå ẪAÃ ẫaã ẬAÄ ậaä ẮAÉ ắaé ẰAÈ ằaè ẲAÚ ẳaú ẴAÜ ẵaü "
    "ẶAË ặaë ẸEÏ ẹeï ẺEÛ ẻeû ẼEÕ ẽeõ ẾEÁ ếeá ỀEÀ ềeà ỂEÅ ểeå ỄEÃ ễeã ỆEÄ ệeä "
    "ỌOÏ ọoï ỎOÛ ỏoû ỐOÁ ốoá ỒOÀ ồoà ỔOÅ ổoå ỖOÃ ỗoã ỘOÄ ộoä ỚÔÙ ớôù ỜÔØ ờôø "
    "ỞÔÛ ởôû ỠÔÕ ỡôõ ỢÔÏ ợôï ỤUÏ ụuï ỦUÛ ủuû ỨÖÙ ứöù ỪÖØ ừöø ỬÖÛ ửöû ỮÖÕ ữöõ "
    "ỰÖÏ ựöï ỲYØ ỳyø ỶYÛ ỷyû ỸYÕ ỹyõ ÌÌ ÍÍ ìì íí ĐÑ đñ ĨÓ ĩó ƠÔ ơô "
    "ƯÖ ưö ỈÆ ỉæ ỊÒ ịò ỴÎ ỵî ÀAø ÁAù ÂAâ ÃAõ ÈEø ÉEù ÊEâ ÒOø ÓOù ÔOâ "
    "ÕOõ ÙUø ÚUù ÝYù ĂAê ŨUõ ẠAï ẢAû ẤAá ẦAà ẨAå ẪAã ẬAä ẮAé ẰAè ẲAú ẴAü ẶAë "
    "ẸEï ẺEû ẼEõ ẾEá ỀEà ỂEå ỄEã ỆEä ỌOï ỎOû ỐOá ỒOà ỔOå ỖOã ỘOä ỚÔù ỜÔø ỞÔû "
    "ỠÔõ ỢÔï ỤUï ỦUû ỨÖù ỪÖø ỬÖû ỮÖõ ỰÖï ỲYø ỶYû ỸYõ "
)
VIQR: Final = (  # letter, then how it is written
    "àa` áa' ảa? ãa~ ạa. ăa( ằa(` ắa(' ẳa(? ẵa(~ ặa(. âa^ ầa^` ấa^' ẩa^? ẫa^~ ậa^. èe` "
    "ée' ẻe? ẽe~ ẹe. êe^ ềe^` ếe^' ểe^? ễe^~ ệe^. ìi` íi' ỉi? ĩi~ ịi. òo` óo' ỏo? "
    "õo~ ọo. ôo^ ồo^` ốo^' ổo^? ỗo^~ ộo^. ơo+ ờo+` ớo+' ởo+? ỡo+~ ợo+. ùu` úu' ủu? ũu~ "
    "ụu. ưu+ ừu+` ứu+' ửu+? ữu+~ ựu+. ỳy` ýy' ỷy? ỹy~ ỵy. đdd ÀA` ÁA' ẢA? ÃA~ ẠA. "
    "ĂA( ẰA(` ẮA(' ẲA(? ẴA(~ ẶA(. ÂA^ ẦA^` ẤA^' ẨA^? ẪA^~ ẬA^. ÈE` ÉE' ẺE? ẼE~ ẸE. ÊE^ "
    "ỀE^` ẾE^' ỂE^? ỄE^~ ỆE^. ÌI` ÍI' ỈI? ĨI~ ỊI. ÒO` ÓO' ỎO? ÕO~ ỌO. ÔO^ ỒO^` ỐO^' "
    "ỔO^? ỖO^~ ỘO^. ƠO+ ỜO+` ỚO+' ỞO+? ỠO+~ ỢO+. ÙU` ÚU' ỦU? ŨU~ ỤU. ƯU+ ỪU+` ỨU+' ỬU+? "
    "ỮU+~ ỰU+. ỲY` ÝY' ỶY? ỸY~ ỴY. ĐDD "
)
