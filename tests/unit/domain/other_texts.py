"""What people write back who mean something else, line by line, though words of a STOP may stand in it.

No test lives here (see `test_opt_out.py`).
"""

from __future__ import annotations

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
Can you text me the address?
please text me when my table is ready
Thanks for the text
I got your message, thank you
Stop sign near your shop?
We had to stop on the way, 10 min late
Running late, had to stop for gas
I need to stop at the bank first
Will you stop doing dip?
When do you stop serving lunch specials
Is it possible to stop the lifting of my nails
Nonstop fun last night lol
please stop the music next time it's too loud
please stop by
Feel free to stop by
I will stop in after work to pay
can you stop my membership renewal
Do you offer promotions?
Any offers this week?
do you send coupons by email
I don't see any promotions
I do not have any coupons
I haven't gotten any texts from you
I don't get the texts
Don't I get a coupon on my birthday
Why don't I get text messages
Don't text my old number, use this one
You don't have to text me
no need to text back
No email, just text
no text, please call
not this week, maybe next
No thank you
not today
not now thanks
I don't want the hot towel
I don't want to cancel
Don't cancel
I do not want bangs
please don't cut too short
do not use acetone on me
I'm allergic, do not use gel
remove the gel please
Can you remove acrylics
delete the second appointment
remove the polish only
take off gel please
take my name off the waitlist
put me on the list
leave me a message
call me
don't call before 9
Can you end the session at 5
End of March works
quit smoking lol
help me choose a color
start with pedicure
get me off work early haha
Wrong color
I have the wrong appointment time
enough time for a fill?
Is there enough parking
spam musubi near you?
contactless payment ok?
does your contact have changed
I can't find the email with my receipt
subscribe to your newsletter how
今天几点停止接客
可以停车吗
停车场在哪
门口能停车不
停在哪里
我会晚点到，路上停一下
停电还营业吗
要不要预约
不要紧
不要担心我会到
别着急
别忘了
不要忘记给我留位置
不用等我
不要甲油胶
不要贴钻
不要剪头发
不要给我剪太短
我不要发票
别发货了我来店里拿
发我一下地址
短信收到了
消息收到
广告上说的优惠还有吗
你们推广的那个套餐还有吗
怎么没给我发短信提醒
为什么没有发信息给我
没有收到短信
短信没收到再发一次
再发一次
再发一下地址
给我发个信息
有活动发我
取消今天的预约
帮我取消明天的预约
可以取消吗
不来了
不去了
不能来了
退款
退卡
我要退卡
退钱
怎么退卡
我想退订金
可以退定金吗
我的订金能退吗
不用提前通知吧
不用给我留了
不要通知我老公
别告诉我妈
停止营业了吗
停业了吗
你们不做了吗
不做了
改天再约
不用找零
不需要修脚
我不需要刮痧
不需要预约吗
不想做了
不想做美甲了
不想要红色
换个号码
删除我的预约
把我的预约删了
把我的名字改一下
请不要迟到
微信支付可以吗
不要微信付款
烦死了今天堵车
"""
