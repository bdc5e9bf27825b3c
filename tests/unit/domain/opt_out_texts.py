"""What people write back who want no more messages, line by line: by a word, a sentence, free words, and what is doubtful.

No test lives here (see `test_opt_out.py`); what means something else is in `other_texts.py`.
"""

from __future__ import annotations

WORDS = """
不需要了谢谢
STOP stop Stop
ok stop
STOP
stop
Stop.
ＳＴＯＰ
S T O P
s.t.o.p
s-t-o-p
STOPPPP!!!
STOP ALL
stopall
Stop please
please stop, thank you
Hi, STOP
🛑
🛑🛑🛑
Unsubscribe
un subscribe
unsub
unsuscribe
Opt out
OPT-OUT
cancel
Cancel please!
END
quit
revoke
remove me
ARRÊT
arret
退订
退訂
退訂！
回复TD退订
TD
T
请退订
我要退订
退订谢谢
请帮我退订
取消订阅
拒收
拒絕
停
停止
停止发送
别发了
別發了！！
不要了
不需要
請停止
STOP 退订
Unsubscribe me
please unsubscribe me!!
opt-out please
opt out now
block
STOP2END
麻烦别发了
取消订阅谢谢
我要取消订阅
退訂謝謝
"""
SENTENCES = """
I moved to Boston last year and I do not come here any more. STOP
Stop. I sold the house and I live in Ohio now with my daughter.
This is not May, she has another phone now, unsubscribe
我已经搬家了，不会再来你们店里做美甲了，退订
Not interested, please stop
please stop!! I get too many
"""
FREE = """
please stop texting me
PLEASE STOP TEXTING ME!!!
Can you please stop texting me?
cant you stop texting me
why wont you stop sending me these
stop sending me messages
stop sending these
Stop with the texts
quit messaging me
please stop all the promotional text messages
Stop the spam
stop bothering me
stop calling me
stop harassing me please or I will call my lawyer
Cease all contact
don't text me anymore
dont text me
Don’t text me ever again
do not contact me again
please do not message this number
please don't email me
never text me again
you dont stop texting me
do not send me any more texts
don't send me these
Don't send anything anymore
I don't want these texts
I do not want to receive text messages from you
I no longer wish to receive messages
i don't want to hear from you
i dont want to be on your list
not interested in receiving texts
I don't want any more ads
No more texts
no more messages please
no texts please
enough with the texts
enough texts!
Take me off your list
please take me off the mailing list
remove me from your texts
Remove my number
remove my phone number from your database
please delete my number
Delete my number please
get me off this list
How do I unsubscribe?
I would like to unsubscribe from this
I want to opt out
opt me out
please opt me out of these texts
I already unsubscribed
i already opted out last week and you still write
cancel my subscription
cancel these texts
I revoke my consent
I withdraw my permission to text me
I do not give you permission to send me anything at all
leave me alone
lose my number
fuck off
go away
This is spam
you are harassing me
I am reporting you
I'm blocking this number
you have the wrong number
You've got the wrong person
this is the wrong number
请不要再给我发短信
不要再发了
不要再發了
以后不要发了
別再發了
别发短信
別發簡訊
别给我发信息了
请勿再发送广告
不想收到你们的广告
不想再收到推销短信
我不要再收到你們的訊息
不要给我发优惠了
不用再给我发了
別再傳簡訊給我
不要再寄广告
停止发送短信
请停止发短信给我
停发短信
拒绝接收短信
谢绝推销
别再骚扰我
不要打擾我
别烦我
不要再来烦我了
怎么退订
如何退訂這個
我不想订阅
取消短信
取消推送
把我从名单里删掉
請把我從名單中移除
把我的号码删了
删除我的号码
刪除我的電話
从你们的名单上移除
再发我就举报了
骚扰短信
垃圾短信
你们烦死人了
发错人了
你打错电话了
我不是本人
不要发这些东西给我
别发微信给我
Plz stop sending me messages
pls no more msgs
Please take my number off of your list
I'd like to stop receiving these texts
I want to stop getting texts from you
I would like you to stop texting me
would you please stop texting this number
STOP texting
stop txting me
Stop with these messages please
no more txts pls
I don't want to get texts anymore
i dont wanna get these messages
i do not want your texts
please don't send text messages to this phone
pls dont send msgs
please do not send me anything
Do not text
never contact me again
Kindly remove my number from your list
take me off
take me off please
remove me from this list
unsubscribe me from all
end texts
quit texting me
I'm opting out
Not interested. Remove me.
you got the wrong number
who is this? stop texting me
how do I stop these messages?
how do i stop getting these texts
Can I opt out?
cancel text messages
I will report this as spam
no spam please
no spam
Stop the messages
Delete me
please delete my info from your system
Please lose my number
stop promotions
no promotions
stop marketing
Please stop promotional texts but keep appointment reminders
请把我移出名单
别给我发了
不要给我发短信
不要给我发广告
别再给我发广告了
请别再发消息
请停止给我发送短信
能不能别发短信给我
可以不要再发了吗
不要再打扰我了
我不想再收到你们的短信
不想收短信
不要推送
停止推送
关闭推送
关闭短信提醒
取消短信通知
请退订我
我拒绝接收广告
别推销了
不要推销
别骚扰
不要騷擾我
再發我要報警了
你們發錯人了
别再发垃圾短信
屏蔽你们了
已拉黑
我不是这个号码的主人
不用再发信息了
不要再傳了
請勿傳送訊息
不要傳簡訊
停止傳送
"""
DOUBTFUL = """
I said stop
stop it
stop this
amy stop
stop lily nails
don't call
do not call me
not interested
I'm not interested in this
I am no longer interested
wrong number
spam
enough already
do not disturb
I don't want this
没兴趣
不感兴趣，谢谢
我对这个没兴趣
以后都不要了
不用提醒了
别联系我
不要微信
wrong person
This isn't May, wrong number
stop this nonsense
Stop it already
do not disturb me
Do not want
don't want these
enough!
txt stop
reply stop
不再接收
不接收
拒绝接收
我不認識你們
這不是我的號碼
N不要了
以后别联系我了
别再联系我
请不要联系我
"""
