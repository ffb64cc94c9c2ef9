/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_TESTS_BENCH_WORDS_H
#define SHOPMGR_TESTS_BENCH_WORDS_H

/* What the generator makes its shop of; everybody in it is invented. */

static const char *const words_brand[] = { "【顺丰包邮】", "云朵家", "森野",
	"初见", "麦田", "一叶", "正品", "官方旗舰", "橘子树", "慢时光", "北岸",
	"小满", "青禾", "【现货】", "半夏", "木子", NULL };
static const char *const words_season[] = { "春季", "夏季", "秋冬", "新款",
	"四季", "2024夏", "早秋", "加厚", "轻薄", "经典", NULL };
static const char *const words_style[] = { "韩版", "复古", "简约", "宽松",
	"修身", "日系", "北欧", "ins风", "大号", "迷你", "便携", "加绒", NULL };
static const char *const words_stuff[] = { "纯棉", "亚麻", "不锈钢", "陶瓷",
	"真皮", "竹纤维", "硅胶", "羊毛", "实木", "玻璃", "帆布", NULL };
static const char *const words_goods[] = { "短袖T恤", "连衣裙", "牛仔裤",
	"袜子5双装", "收纳盒", "保温杯", "雪平锅", "抱枕套", "手机壳", "帆布包",
	"儿童雨衣", "厨房剪刀", "床单四件套", "数据线", "台灯", "拖鞋", "围巾",
	"笔记本", "充电宝", "香薰蜡烛", NULL };
static const char *const words_praise[] = { "女学生百搭", "男士透气",
	"家用耐高温", "礼盒装", "送女友", "办公室", "防滑", "可机洗",
	"大容量，多功能", NULL };
static const char *const words_colour[] = { "白色", "黑色", "藏青色", "米白",
	"豆绿", "卡其", "雾霾蓝", "酒红", NULL };
static const char *const words_size[] = { "S", "M", "L", "XL" };
static const char *const words_nick[] = { "小鱼", "柠檬", "清风", "大白兔",
	"星辰", "阿狸", "豆豆妈", "月半湾", "老王家", "花开半夏", "爱吃糖",
	"向日葵", "微凉", "可乐", "棉花糖", "平安是福", NULL };
static const char *const words_note[] = { "请用顺丰，谢谢", "尽快发货",
	"送人的，不要放价格单", "周末送货", "麻烦包装好一点", "不要申通",
	"白天没人，放门卫", "颜色发错过一次，请仔细核对", "生日礼物，写张贺卡",
	"发之前打电话", NULL };
static const char *const words_memo[] = { "已电话确认", "老客户，多送一份小样",
	"改地址，见旺旺", "补差价已付", "周五前必须发", "换色：黑色", NULL };
static const char *const words_surname[] = { "王", "李", "张", "刘", "陈", "杨",
	"赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭",
	"马", "罗", "梁", "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧",
	"单", "曾", "仇", "欧阳", "司马", NULL };
static const char *const words_given[] = { "伟", "芳", "娜", "敏", "静", "丽",
	"强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明", "超", "秀",
	"霞", "平", "刚", "桂", "英", "华", "玉", "萍", "红", "玲", "飞", "梅",
	"鑫", "波", "斌", "宇", "浩", "凯", "婷", "雪", "琳", "晶", "欣", "佳",
	"慧", "丹", "云", "莉", "倩", "瑶", "子", "文", "雨", "晨", "轩", "涵",
	"梓", "诗", "嘉", "怡", "思", "博", "㛃", "䶮", NULL };
static const char *const words_place[] = { "江苏省 南京市 鼓楼区",
	"江苏省 苏州市 姑苏区", "江苏省 无锡市 滨湖区", "浙江省 杭州市 余杭区",
	"浙江省 杭州市 西湖区", "浙江省 宁波市 鄞州区", "浙江省 金华市 义乌市",
	"上海 上海市 闵行区", "上海 上海市 浦东新区", "上海 上海市 徐汇区",
	"北京 北京市 海淀区", "北京 北京市 朝阳区", "北京 北京市 昌平区",
	"天津 天津市 南开区", "重庆 重庆市 渝北区", "广东省 广州市 越秀区",
	"广东省 广州市 天河区", "广东省 深圳市 南山区", "广东省 深圳市 宝安区",
	"广东省 佛山市 顺德区", "广东省 东莞市 其它区", "四川省 成都市 武侯区",
	"四川省 成都市 其它区", "四川省 绵阳市 涪城区", "湖北省 武汉市 洪山区",
	"湖北省 宜昌市 西陵区", "湖南省 长沙市 岳麓区", "河南省 郑州市 金水区",
	"河南省 洛阳市 涧西区", "山东省 济南市 历下区", "山东省 青岛市 市南区",
	"山东省 烟台市 芝罘区", "河北省 石家庄市 长安区",
	"辽宁省 沈阳市 和平区", "辽宁省 大连市 甘井子区",
	"吉林省 长春市 朝阳区", "黑龙江省 哈尔滨市 南岗区",
	"安徽省 合肥市 蜀山区", "福建省 福州市 鼓楼区", "福建省 厦门市 思明区",
	"江西省 南昌市 红谷滩区", "陕西省 西安市 雁塔区",
	"山西省 太原市 小店区", "云南省 昆明市 五华区", "贵州省 贵阳市 云岩区",
	"广西壮族自治区 南宁市 青秀区", "海南省 海口市 美兰区",
	"甘肃省 兰州市 城关区", "内蒙古自治区 呼和浩特市 赛罕区",
	"新疆维吾尔自治区 乌鲁木齐市 天山区", NULL };
static const char *const words_street[] = { "湖滨", "解放", "人民", "新华",
	"花园", "城东", "和平", "建设", "滨江", "东湖", "西苑", "翠竹", NULL };
static const char *const words_road[] = { "解放路", "中山北路", "人民大道",
	"学院路", "文化西路", "长江路", "科技一路", "桃园街", "青年路",
	"环城南路", "迎宾大道", "建国路", NULL };
static const char *const words_estate[] = { "阳光花园", "金色家园", "翡翠城",
	"万科城", "绿地世纪", "师大家属院", "创业大厦", "锦绣江南",
	"和平里小区", "碧桂园", NULL };
/* Where the shop sells abroad. */
static const char *const words_en_kind[] = { "Handmade", "Vintage", "Large",
	"Mini", "Organic", "Speckled", "Foldable", "Waterproof", "Set of 2",
	"Limited", "Classic", NULL };
static const char *const words_en_stuff[] = { "Cotton", "Linen", "Stoneware",
	"Bamboo", "Leather", "Wool", "Oak", "Glass", "Canvas", "Steel", NULL };
static const char *const words_en_goods[] = { "Mug", "T-Shirt", "Tote Bag",
	"Sticker, die cut", "Lamp", "Scarf", "Notebook", "Cushion Cover",
	"Phone Case", "Soap \"Rain\"", "Candle", "Socks", NULL };
static const char *const words_en_colour[] = { "White", "Black", "Navy", "Sage",
	"Sand", "Wine", NULL };
static const char *const words_en_first[] = { "Ann", "Bob", "Carla", "Dirk",
	"Eve", "Frank", "Grace", "Hugo", "Ines", "Jane", "Karl", "Lena", "Max",
	"Nora", "Olaf", "Zoë", NULL };
static const char *const words_en_last[] = { "Doe", "Smith", "Jones", "Müller",
	"Garcia", "O'Neil", "Brown", "Nguyen", "Rossi", "Larsen", "Taylor",
	"Moreau", NULL };
static const char *const words_en_road[] = { "Main St", "Oak Ave", "Park Rd",
	"2nd St", "Lake Dr", "Hill Ln", "Mill Rd", "Elm St", NULL };
static const char *const words_en_place[] = { "Boston MA", "Austin TX",
	"Denver CO", "Seattle WA", "Portland OR", "Chicago IL", "Miami FL",
	"Atlanta GA", "Oakland CA", "Ogden UT", NULL };
static const char *const words_en_note[] = { "It is a gift, please wrap it",
	"Ring the bell", "Leave it at the door", "No plastic, please",
	"As soon as possible", NULL };

#endif
