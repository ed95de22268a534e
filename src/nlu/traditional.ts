/** Traditional characters of the vocabulary and of everyday questions, each followed by its simplified form. */
const pairs =
  '邊边緣缘務务從从開开關关閉闭內内戶户網网絡络連连線线訪访問问誰谁麼么嗎吗還还這这個个們们對对間间雙双協协議议傳传輸输規规則则號号碼码請请幫帮報报應应該该給给為为與与將将發发監监聽听負负載载際际審审準准絕绝駁驳銷销狀状態态進进來来說说話话會会過过種种條条張张標标須须實实現现變变檢检測测試试電电腦脑筆笔記记錄录誌志歸归單单總总體体確确認认無无沒没見见觀观許许讓让達达運运臺台檯台層层級级權权證证書书儲储資资庫库擇择選选項项類类幾几時时後后復复複复點点較较據据環环鏈链結结構构築筑義义獲获區区併并並并於于樣样徑径創创殺杀動动極极檔档閘闸險险隊队階阶隨随難难雲云靜静頁页預预頻频題题願愿顯显飛飞驗验齊齐龍龙擋挡掃扫換换揮挥損损攔拦撥拨處处術术補补裝装裡里裏里製制視视覽览觸触計计訂订託托訊讯訓训設设詞词評评詢询詳详語语誤误調调談谈論论譯译護护讀读貝贝貼贴費费賬账轉转軟软輕轻輯辑辦办農农遠远適适遲迟遷迁郵邮醫医釋释針针鍵键鎖锁鏡镜門门陽阳陸陆陣阵雖虽離离響响頂顶順顺頭头額额飯饭馬马驅驱麗丽麵面齡龄劃划剛刚劇剧勝胜勞劳勢势匯汇國国圖图圍围執执場场塊块墊垫壓压壞坏夠够奪夺學学寫写寬宽導导屬属幣币廠厂廢废廣广強强彈弹彙汇徵征擴扩攜携敵敌數数斷断曉晓東东樓楼樹树機机歡欢歲岁殘残減减滿满漢汉潔洁灣湾熱热燈灯狹狭獨独產产畢毕異异當当療疗盡尽盤盘稱称稅税穩稳窩窝競竞範范節节簡简簽签籤签納纳組组細细終终統统經经綁绑維维綠绿緊紧編编縮缩繼继續续罰罚職职聯联脫脱臨临舉举舊旧蘋苹藍蓝衛卫衝冲決决況况涼凉刪删別别卻却厭厌參参叢丛吳吴嘗尝啟启啓启採采佈布佔占歷历鄰邻蹤踪';

const simplified: ReadonlyMap<string, string> = new Map(
  Array.from({ length: pairs.length / 2 }, (_, at): [string, string] => [pairs.charAt(at * 2), pairs.charAt(at * 2 + 1)]),
);

/** Characters that are mistaken for one another by eye or by ear, and the one a role's name has. Each is safe inside a name alone. */
const mistaken = '沿缘源缘绿缘圆缘椽缘園缘编边辺边瑞端段端断端短端湍端治制致制智制置制空控腔控噐器返反像向带代里理物务伏服';

const lookAlikes: ReadonlyMap<string, string> = new Map(
  Array.from({ length: mistaken.length / 2 }, (_, at): [string, string] => [mistaken.charAt(at * 2), mistaken.charAt(at * 2 + 1)]),
);

export function simplify(character: string): string {
  return simplified.get(character) ?? character;
}

/** The character a mistaken one stands for; null where it is none. */
export function lookAlike(character: string): string | null {
  return lookAlikes.get(character) ?? null;
}
