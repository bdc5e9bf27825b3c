"""The words by which people say that they want no more messages, that they want help, and that they do want them.

No text is read here (see `opt_out.py`, which says what each table is for). English stands as tidying leaves it: small letters, no
apostrophes, no punctuation. Chinese is simplified and without blanks; `SIMPLER` turns what is traditional.
"""

from __future__ import annotations

from typing import Final

Rules = tuple[tuple[str, str], ...]
"""Rules by name, each a pattern; the first that is found in a text counts."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


STOP: Final = _words(
    "stop stopall stop2end stopend unsubscribe unsub unsubscibe unsubcribe unsuscribe optout cancel end quit revoke remove block "
    "arret arrêt desabonner désabonner td t r 0000 "
    "停 停止 停发 停掉 停止发送 退订 取消 取消订阅 拒收 拒绝 退出 不要了 不需要 不需要了 别发 别发了 不要发 终止 屏蔽 拉黑 "
    "删除 移除 滚 滚开 走开"
)
"""Each of them alone is a STOP: the words of 47 CFR 64.1200(a)(10), French ones, and those that texts in China ask for."""
SURE: Final = _words("stop stopall unsubscribe unsub optout 退订 拒收 取消订阅 停止发送")
"""Those that mean it as the first or last sentence of a longer text as well; "cancel" may be about a visit."""
HELP: Final = _words("help info aide 帮助 说明 求助")
START: Final = _words("start unstop resume subscribe resubscribe optin 订阅 重新订阅 恢复订阅 恢复 开始 开通")
PRONOUNS: Final = _words("you me my all")
"""Of what is polite, this counts when it is asked how long a text is."""
POLITE: Final = PRONOUNS | _words(
    "please pls plz kindly now thanks thank thx ty just ok okay yes hey hi hello sir maam immediately asap already again everything "
    "请 麻烦 谢谢 多谢 谢谢您 谢谢你 您好 你好 好的 马上 立刻 立即 现在 全部 全都"
)
"""What may stand beside a word without changing it."""
POLITE_BEFORE: Final = (
    "请",
    "麻烦",
    "我要",
    "我想",
    "给我",
    "帮我",
    "回复",
    "回",
    "立即",
    "马上",
    "现在",
    "全部",
)
POLITE_AFTER: Final = ("谢谢", "多谢", "了", "吧", "啊", "呀", "哦", "啦", "全部", "一下")
"""The same at the ends of Chinese, which has no blanks."""

NEGATED: Final = (
    r"(?<!you )\b(?:dont|do not)(?: (?:ever|please|want(?: you)? to))* (?:stop|quit|end|unsubscribe|opt out)\b"
    r"|\b(?:i|we) (?:cant|cannot|can not|couldnt) (?:stop|quit)\b"
    r"|\b(?:did|have|has) (?:you|u|they|it|he|she|i|we|the \w+) (?:stop\w*|quit|unsubscribed?|end\w*)\b"
    r"|\b(?:what time|when) (?:do|does|will|did) \w+ (?:stop|end|quit)\b"
    r"|\b(?:didnt|did not) (?:mean|want) to (?:text |say |send )?(?:stop|unsubscribe|opt out|quit)\b"
)
"""A stop that is not meant, or is asked about: taken out of a sentence before it is read."""

_MESSAGES = (
    r"text|texts|texting|texted|txt|txts|txting|msg|msgs|message|messages|messaging|messege|messeges|sms|smses|mms|"
    r"contact|contacting|contacts|email|emails|emailing|mail|mails|mailing|mailings|spam|spamming|spams|"
    r"ad|ads|adverts?|advertis(?:e|ing|ements?)|promos?|promotions?|promotional|marketing|solicit(?:ing|ations?)|"
    r"newsletters?|notif(?:y|ying|ications?)|notices|alerts|offers|reminders|blasts|communications?|subscriptions?|"
    r"bother|bothering|harass|harassing|harassment|bugging|pestering|annoying"
)
_MANY = r"texts|texting|txts|messages|msgs|spam|emails|ads|promos|promotions|marketing|advertising|notifications|newsletters"
_SAID = rf"text|txt|message|msg|sms|email|newsletter|{_MANY}"
_BETWEEN = (
    r"(?: (?:please|pls|all|any|the|these|those|this|that|your|ur|you|u|sending|send|to|with|me|us|my|more|further|"
    r"future|of|from|for|getting|receiving|giving|so|many|much|damn|stupid|freaking|fucking|constant|unwanted|phone|"
    r"number|cell|out|on|at|via|promotional|marketing|salon|automated|and|ever|again|other|such|kinds?))*"
)
_NEVER = r"(?:dont|do not|dnt|donot|never|no longer|not to)"
_LISTS = r"(?:lists?|database|system|texts?|messages?|msgs|sms|mailings?|marketing|contacts|records|texting|emails?)"
ENGLISH: Final[Rules] = (
    (
        "stop_contact",
        r"\b(?:stop|quit|cease|discontinue|halt|end)\b"
        rf"{_BETWEEN} (?:{_MESSAGES}|sending|calling|calls|writing)\b",
    ),
    (
        "do_not_contact",
        rf"(?<!why )(?<!if you )(?<!if u )(?<!if i )(?<!if they )\b{_NEVER}"
        r"(?: (?:ever|please|you|u|keep|be|want you to|like to be|want to be|wish to be|wanna be))*(?: (?:send|sending))?"
        rf"{_BETWEEN} (?:{_MESSAGES}|contacted|messaged|emailed)\b(?! (?:and (?:drive|ride|walk)|back|you back|yet|my old|the old))",
    ),
    (
        "wants_none",
        r"\b(?:dont|do not|no longer|not) (?:want|wanna|wish|care|need|like|interested in)"
        r"(?: (?:to|get|getting|receive|receiving|have|having|see|be|on))*"
        rf"{_BETWEEN} (?:{_MESSAGES}|hear(?:ing)? from (?:you|u|this)|on your list)\b",
    ),
    (
        "no_more",
        rf"\b(?:(?:no more|enough)(?: of| with)?{_BETWEEN} (?:{_SAID})|no{_BETWEEN} (?:{_MANY}))\b"
        r"(?= *(?:please|pls|thanks|thank you|ever|again|any ?more|from you|to me|at all|ok|okay|$))",
    ),
    (
        "no_more",
        r"\b(?:dont|do not) send (?:me |us )?(?:any|anything|any ?more|these|this|those|them|that|stuff|things)"
        r"(?: any ?more| more| again| ever| please| to me)*$",
    ),
    (
        "off_the_list",
        r"\b(?:remove|delete|take|drop|scratch|get|pull) "
        r"(?:me|my (?:phone )?(?:number|phone|name|cell|info|contact|email))(?: please)?(?: (?:off|out|from))?(?: of)?"
        rf"(?: (?:the|your|this|ur|all|any|these|every))*(?: \w+)? {_LISTS}\b",
    ),
    (
        "off_the_list",
        r"\b(?:remove|delete|drop) (?:me|my (?:phone )?(?:number|phone|cell))"
        r"(?: please| now| immediately| thanks| thank you| from (?:this|it|here|everything))*$",
    ),
    (
        "off_the_list",
        r"^(?:please )?(?:take|get) me off(?: please| now| of (?:this|it|here)| this| thanks)*$",
    ),
    (
        "unsubscribe",
        r"\b(?:unsubscribe|unsub|unsubscibe|unsubcribe|unsuscribe)\b(?! by (?:mistake|accident))"
        r"|\balready (?:unsubscribed|opted out)\b",
    ),
    (
        "unsubscribe",
        r"\b(?:opt|opting) (?:me )?out\b"
        r"(?! of (?!.*\b(?:texts?|messages?|sms|marketing|list|emails|communications?|this|these|all|receiving)\b))",
    ),
    (
        "cancel_messages",
        r"\bcancel(?: (?:my|the|these|all|your|this|any|text|sms|email|marketing|promo))* "
        r"(?:subscriptions?|texts|messages|msgs|sms|notifications|alerts|emails|newsletters?|promotions)\b",
    ),
    (
        "revokes",
        r"\b(?:revoke|revoking|withdraw|withdrawing|do not|dont|never|no longer) "
        r"(?:(?:my|all|any|give|gave|you|have|the) )*(?:consent|permission)\b",
    ),
    ("left_alone", r"\bleave (?:me|us) (?:the \w+ )?alone\b|\blose (?:my|this) number\b|\bget lost\b"),
    ("left_alone", r"\b(?:fuck|f|piss|bugger) off\b|\bgo away\b"),
    (
        "complains",
        r"\b(?:this is|you are|youre) (?:spam|spamming|harassment|harassing me)\b"
        r"|\b(?:report|reporting|reported|block|blocking|blocked) (?:you|u|this|your number|this number)"
        r"(?: (?:as|for|to) .*)?$",
    ),
    (
        "wrong_person",
        r"\b(?:(?:you|u) (?:have |got |have got |texted )|youve (?:got )?|this is |its |it is )(?:a |the )?"
        r"wrong (?:number|person|phone)\b|^wrong (?:number|person)$",
    ),
)
ENGLISH_SHORT: Final[Rules] = (
    ("do_not_call", r"^(?:dont|do not|never) (?:ever )?call(?: me| us)?(?: any ?more| again)?$"),
    (
        "not_interested",
        r"^(?:im |i am |were )?(?:no longer|not|no) interested(?: in (?:this|these|it|any))?(?: any ?more)?$"
        r"|^(?:this is )?spam$|^enough(?: already)?$|^do not disturb$|^no more$|^never again$",
    ),
    (
        "not_interested",
        r"^(?:i )?(?:dont|do not) want(?: this| these| it| any| any of this)?(?: any ?more)?$",
    ),
)
"""What is a STOP as the whole of a text."""
DOUBTFUL: Final = r"\bsto+p+(?:it|pls)?\b"
NOT_A_STOP: Final = (
    r"\b(?:bus|train|subway|metro|next|last|first|rest|pit|full|one|non|truck|which|tram|quick|short) stops?\b"
    r"|\bstops? (?:by|in|at|over|into|off|for|near|there|sign|light|street|and|to|on|tomorrow|today|tonight|\d\w*)\b"
    r"|\b(?:what|when|where|how|cant|cannot|wont|dont|never|before|after|until)\b"
)
"""Of a short text: a stop on the way, a question, one that is not meant."""

CHINESE_NOT: Final = (
    r"(?:别|不要|不用|请勿|不会|不想|千万别|为什么|为何|怎么)再?(?:停止?发|停止|取消订阅)"
    r"|(?:没有?|未|不是|不会|不想|不要|误|不小心|手滑|别)(?:想|要|点|按|有|了)*退订"
    r"|退订(?:金|单|位|房|座|货|购|的钱|款)"
    r"|(?:收据|小票|发票|照片|图片?|定位|地址|链接|红包).{0,4}(?:不用|别|不要|不必).{0,3}发"
)
"""A stop that is not meant, a deposit (订金) that is asked back, a receipt that need not be sent."""
_CN_NO = (
    r"(?:不要|别|勿|莫|不必|不用|不想|不愿意?|拒绝|停止|停|禁止|不准|不许|不再|不希望|谢绝|不得|甭|不接受)"
)
_CN_BETWEEN = (
    r"(?:再|次|给|我们?|您|老是?|总是?|一直|继续|要|想|让|被|收|接|看|到|来|向|对|往|跟|和|用|你们?|的|了|任何|形式|"
    r"这[些种样个]?|那[些种]|此?类|什么|[天每整]天|乱|随便|随意|手机|号码|群|又|还|就|都|也|以后|今后|"
    r"推销|营销|促销|推广|商业|广告|优惠|垃圾)*"
)
"""No two of them begin alike and end differently: a long text is read once and not in every way."""
_CN_MESSAGES = (
    r"(?:短信|信息|讯息|简讯|资讯|消息|推播|广告|推广|推销|促销|营销|群发|邮件|电邮|骚扰|打扰|轰炸|推送|垃圾)"
)
_CN_SENT = (
    r"(?:发(?:送|来)?(?:$|了|啦|吧|啊|呀|哦|给我|到我|我(?!微信|地址|定位|照片|红包)|这|那|任何|东西|过来|微信|优惠|活动|促销|推|"
    rf"群|通知|提醒|{_CN_MESSAGES})|传(?:送|来)?(?:$|了|啦|吧|给我|我(?!微信|地址|照片)|{_CN_MESSAGES}))"
)
"""发 is "to send" and "hair", and in a salon both are usual: only what can follow the one is taken for it."""
CHINESE: Final[Rules] = (
    ("do_not_contact", _CN_NO + _CN_BETWEEN + _CN_SENT),
    ("do_not_contact", rf"{_CN_NO}{_CN_BETWEEN}(?:寄|传)?(?:来|送)?{_CN_BETWEEN}{_CN_MESSAGES}"),
    (
        "do_not_contact",
        r"(?:别|不要|勿|停止)(?:再|老|总|来|天天|一直)*(?:烦|吵|骚扰|打扰|轰炸)(?:我|人|了|$)",
    ),
    (
        "unsubscribe",
        r"退订|拒收|取消(?:订阅|短信|推送|群发|关注|接收|消息)|关闭(?:短信|推送|通知|提醒|订阅|消息)|不(?:想|要|再)?订阅",
    ),
    (
        "off_the_list",
        r"(?:把|将)我的?(?:号码?|电话号?码?|手机号?码?|联系方式|名字|资料|信息)?"
        r"(?:从.{0,8}?(?:名单|列表|系统|群|库)(?:里面?|中|上)?)?(?:删|移除|移出|去掉|拉出|剔除|踢)",
    ),
    (
        "off_the_list",
        r"(?:删除?|删掉|移除|去掉|删了)(?:掉|了)?我的?(?:号码?|电话|手机|联系方式)|从.{0,6}名单.{0,3}(?:删|移|去)",
    ),
    (
        "complains",
        r"骚扰(?:短信|信息|我|电话)|垃圾(?:短信|信息|广告)"
        r"|(?:再发|还发|老是发|再骚扰).{0,8}(?:举报|投诉|报警|拉黑|告你|律师)|烦死(?:我|人)?了?$"
        r"|(?:已经?|我要|把你们?)(?:屏蔽|拉黑)|^(?:屏蔽|拉黑)(?:你|您|了)",
    ),
    (
        "wrong_person",
        r"发错(?:人|号|了)|打错(?:电话|号|了)|号码错了|(?:不是|非)本人|认错人|不是(?:我的|这个)(?:号码?|电话|手机)(?:的(?:主人|机主)|$)",
    ),
)
CHINESE_SHORT: Final[Rules] = (
    ("wants_none", r"^我?(?:不再?|拒绝|停止|不想|不要)接收.{0,4}$"),
    ("wrong_person", r"^我?(?:都|根本)?不认识(?:你|您)们?.{0,3}$"),
    ("not_interested", r"^我?(?:对.{0,6})?(?:没有?兴趣|不感兴趣)(?:了|谢谢)?$"),
    (
        "not_interested",
        r"^我?(?:以后)?都?(?:不需要(?:这些|这个|这种)?了?|不要(?:这些|这个|这种)?了)(?:谢谢)?$",
    ),
    (
        "doubtful_short",
        rf"^(?:以后|今后|请|你们)*{_CN_NO}{_CN_BETWEEN}(?:提醒|通知|联系|联络|微信(?!支付|付|转))我?(?:了|谢谢|吧)*$",
    ),
)
SIMPLER: Final = str.maketrans(
    "訂發別給們訊簡擾請廣資電話號碼銷單個來對從為無會讓斷說絕閉關續幫復條騷謝車開嗎麼後馬錯認識刪煩亂隨這樣還傳"
    "總絡並貨購與應錢將誰處舉報訴見覺過遠時優郵羣沒類閱營聯願準許機陸務綁獎減盡關屬",
    "订发别给们讯简扰请广资电话号码销单个来对从为无会让断说绝闭关续帮复条骚谢车开吗么后马错认识删烦乱随这样还传"
    "总络并货购与应钱将谁处举报诉见觉过远时优邮群没类阅营联愿准许机陆务绑奖减尽关属",
)
"""髮 is left as it is: it is hair and never "to send"."""
