"""What people write back, line by line: what is a STOP by which rule, what is doubtful, and what means something else.

No test lives here (see `test_opt_out.py`).
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
"""
SENTENCES = """
I moved to Boston last year and I do not come here any more. STOP
Stop. I sold the house and I live in Ohio now with my daughter.
This is not May, she has another phone now, unsubscribe
我已经搬家了，不会再来你们店里做美甲了，退订
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
"""
NONE = """
what time do you stop working
What time do you stop taking walk-ins?
when do you stop
can I stop by at 3?
I'll stop by tomorrow
can i stop in today
stop by at 3
is there a bus stop near you
which bus stop
non stop
quick stop tomorrow
don't stop
Don't stop sending me coupons, I love them
I can't stop staring at my nails
I can't stop texting my friends about your salon
my nails won't stop chipping
cant stop laughing
did you stop sending coupons? I got none
Have you stopped texting the offers?
I stopped by earlier
does the gel stop the chipping of nails at the end
I didn't mean to unsubscribe
I didn't mean to text stop
how to stop chipping
cancel my appointment
Can I cancel my appointment?
please cancel tomorrow
cancel my 3pm
I need to cancel, I'm sick
Cancel, I'm sick
when does the sale end
see you at the end of the week
I quit my job so I can come on Monday
why don't you text me the address
don't forget to text me
don't text and drive lol
if you don't text me I will just come
I didn't get your message
I don't have your address
I don't want gel, text me when ready
I don't like this color
don't call me just text me when you are ready
you don't need to come
Please remove my gel polish
can you remove me from the 3pm
remove polish and do a full set
take me off the waitlist please I found another time
opt out of the gel
can I opt out of the hot stone
I gave you the wrong number, mine is 718
I am not interested in acrylic but how about dip for Friday
is my coupon still good?
Yes
Y
N
No
no thanks
ok thanks
see you at 5
5
👍
help! my nail broke
can you help me with a booking on Tuesday?
start at 3
what info do you need
停车方便吗
停車方便嗎
附近好停车吗
停电了吗
不要停
你们几点停止营业
什么时候停止接单
不要停止发优惠给我
怎么停发了？
怎么不给我发优惠了
可以退订金吗
訂金可以退嗎
我要退訂金
没退订啊
我不小心退订了
为什么没收到短信
收不到短信
别忘了发我地址
不要发胶
不要用发胶
不要髮膠
不要發黃的顏色
不用发票
发票不用发了
收据不用发了
不要染发
不想烫发
别剪太短
头发不要太短
不要取消我的预约
取消预约
取消明天的
我想取消明天下午三点的
可以不要微信支付吗
把我明天的预约改到三点
我的号码换了
不用了
不用了谢谢
不要
好的
谢谢
可以
不要美甲要足疗
不要太红的
别打电话，发短信就行
别发我微信
不用提醒了我明天下午三点会准时到店里的放心
你好
几点开门
"""
