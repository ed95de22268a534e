import { type Role, roleSchema } from '../src/domain/role.ts';
import type { Locale, LocalText } from '../src/locale.ts';
import { Random } from './random.ts';

/** A catalogue as its file would have it, before it is checked: rules of one invented estate. The same for the same numbers. */
export type Estate = {
  readonly roles: readonly Role[];
  readonly topology: { readonly id: string; readonly rules: readonly EstateRule[]; readonly [field: string]: unknown };
};
export type EstateRule = {
  readonly id: string;
  readonly source: readonly string[];
  readonly destination: readonly string[];
  readonly transport: string;
  readonly ports: string;
  readonly [field: string]: unknown;
};

const places: readonly LocalText[] = [
  'Berlin 柏林', 'Shanghai 上海', 'Lyon 里昂', 'Osaka 大阪', 'Dublin 都柏林', 'Chengdu 成都', 'Porto 波尔图', 'Nairobi 内罗毕', 'Lima 利马', 'Oslo 奥斯陆',
  'Hanoi 河内', 'Perth 珀斯', 'Turin 都灵', 'Bergen 卑尔根', 'Xiamen 厦门', 'Quito 基多', 'Tampere 坦佩雷', 'Graz 格拉茨', 'Sapporo 札幌', 'Wuhan 武汉',
  'Cork 科克', 'Ghent 根特', 'Leeds 利兹', 'Malmo 马尔默', 'Nantes 南特', 'Brno 布尔诺', 'Daegu 大邱', 'Jinan 济南', 'Kobe 神户', 'Lublin 卢布林',
  'Murcia 穆尔西亚', 'Nagoya 名古屋', 'Odense 欧登塞', 'Pune 浦那', 'Rosario 罗萨里奥', 'Suzhou 苏州', 'Tainan 台南', 'Utrecht 乌得勒支', 'Varna 瓦尔纳', 'Zagreb 萨格勒布',
].map(twoNames); // biome-ignore format: a list of names

const functions: readonly LocalText[] = [
  'payroll database|薪资数据库', 'print server|打印服务器', 'mail relay|邮件中继', 'badge reader|门禁读卡器', 'build agent|构建代理', 'backup vault|备份库',
  'web shop|网上商店', 'message broker|消息代理', 'file server|文件服务器', 'metrics collector|指标采集器', 'time server|时间服务器', 'voice gateway|语音网关',
  'invoice archive|发票归档', 'identity provider|身份提供方', 'license server|许可证服务器', 'warehouse scanner|仓库扫描器', 'customer portal|客户门户',
  'ticket system|工单系统', 'log archive|日志归档', 'camera recorder|监控录像机', 'patch server|补丁服务器', 'search cluster|搜索集群', 'jump host|跳板机',
  'document converter|文档转换器', 'fax gateway|传真网关', 'session border controller|会话边界控制器', 'report engine|报表引擎', 'cache node|缓存节点',
  'order desk|订单台', 'wiki farm|维基集群', 'key vault|密钥库', 'test lab|测试实验室', 'media relay|媒体中继', 'route reflector|路由反射器', 'data lake|数据湖',
  'meeting room panel|会议室面板', 'call recorder|通话录音', 'translation service|翻译服务', 'parking meter|停车收费机', 'laboratory bench|实验台',
  'chat server|聊天服务器', 'price board|价格牌', 'proxy farm|代理集群', 'audit store|审计库', 'thin client|瘦客户机', 'sensor hub|传感器枢纽', 'map server|地图服务器',
  'signage player|标牌播放器', 'training host|培训主机', 'kiosk terminal|自助终端',
].map(twoNames); // biome-ignore format: a list of names

function twoNames(text: string): LocalText {
  const [en = '', zh = ''] = text.includes('|') ? text.split('|') : text.split(' ');
  return { en, 'zh-CN': zh };
}

const purposes: readonly LocalText[] = [
  { en: 'Nightly copy of what changed during the day', 'zh-CN': '夜间复制当天的变化' },
  { en: 'Health checks of the operations team', 'zh-CN': '运维团队的健康检查' },
  { en: 'Orders handed over as they come in', 'zh-CN': '订单到达后立即移交' },
  { en: 'Remote maintenance by the vendor', 'zh-CN': '厂商的远程维护' },
  { en: 'Certificates are renewed and revoked', 'zh-CN': '证书的续期与吊销' },
  { en: 'Measurements sent every ten seconds', 'zh-CN': '每十秒发送一次测量值' },
  { en: 'Sign-in of staff and of services', 'zh-CN': '员工与服务的登录' },
  { en: 'Audio and pictures of meetings', 'zh-CN': '会议的音频与画面' },
];

const services = [
  22, 53, 80, 88, 123, 135, 389, 443, 445, 514, 587, 636, 1433, 1521, 1812, 3268, 3306, 3389, 5060, 5061, 5432, 5672, 5985, 6379, 8080,
  8443, 9092, 9100, 9200, 27017,
];
const applications = ['SIP', 'HTTP', 'HTTPS', 'LDAP', 'RDP', 'SSH', 'SQL', 'SMB', 'AMQP'];

/** 200 roles for 1,000 rules, 2,000 for 100,000: half of the powers of ten between them. */
export function estateOf(size: number, seed = 1): Estate {
  const random = new Random(seed + size);
  const roles = rolesOf(Math.round(200 * (size / 1000) ** 0.5), random);
  const named = roles.filter(({ kind }) => kind !== 'any').map(({ id }) => id);
  const rules = Array.from({ length: size }, (_, at) => ruleOf(at, named, random));
  const document = {
    title: text('Estate firewall plan', '全网防火墙规划'),
    product: 'Estate',
    revised: null,
    url: 'https://example.com/estate',
  };
  return { roles, topology: { id: 'estate', name: text('The whole estate', '全网'), document, rules } };
}

const text = (en: string, zh: string): LocalText => ({ en, 'zh-CN': zh });

function rolesOf(count: number, random: Random): readonly Role[] {
  const all = functions.flatMap((what) => places.map((where) => ({ what, where })));
  const picked = Array.from({ length: Math.min(count, all.length) }, () => all.splice(random.below(all.length), 1)).flat();
  const any = { id: 'any', kind: 'any', name: text('Any', '任意'), aliases: { en: ['anywhere'], 'zh-CN': ['任何'] } };
  const servers = picked.map(({ what, where }) => ({
    id: `${where.en}-${what.en}`.toLowerCase().replaceAll(' ', '-'),
    kind: 'server',
    name: text(`${where.en} ${what.en}`, `${where['zh-CN']}${what['zh-CN']}`),
    aliases: { en: [`${what.en} in ${where.en}`], 'zh-CN': [`${where['zh-CN']}的${what['zh-CN']}`] },
  }));
  return [any, ...servers].map((role) => roleSchema.parse(role));
}

/** Most rules say one source, one destination and one port; one in 500 is open to any source. */
function ruleOf(at: number, roles: readonly string[], random: Random): EstateRule {
  const port = random.chance(0.6) ? random.pick(services) : 1024 + random.below(60_000);
  const source = random.chance(0.002) ? ['any'] : [random.pick(roles), ...(random.chance(0.1) ? [random.pick(roles)] : [])];
  return {
    id: `EST-${at + 1}`,
    source: [...new Set(source)],
    destination: [random.pick(roles)],
    transport: random.chance(0.85) ? 'tcp' : 'udp',
    ports: random.chance(0.9) ? String(port) : `${port}-${Math.min(65535, port + random.below(100))}`,
    application: random.chance(0.5) ? random.pick(applications) : null,
    purpose: random.pick(purposes),
    place: text(`table row ${at + 1}`, `表格第 ${at + 1} 行`),
  };
}

export type Question = { readonly text: string; readonly language: Locale; readonly rule: EstateRule };

/** What people ask of such an estate: mostly about two roles, some with a port, some about one role or one port alone. Each is about a rule there is. */
export function questionsOn({ roles, topology }: Estate, count: number, seed = 7): readonly Question[] {
  const random = new Random(seed);
  const names = new Map<string, LocalText>(roles.map(({ id, name }) => [id, name]));
  const closed = topology.rules.filter(({ source }) => !source.includes('any'));
  return Array.from({ length: count }, (_, at): Question => {
    const rule = random.pick(closed);
    const language: Locale = at % 2 === 0 ? 'en' : 'zh-CN';
    const name = (id = '') => names.get(id)?.[language] ?? id;
    return { text: wordsFor(at, rule, name(rule.source[0]), name(rule.destination[0]), language), language, rule };
  });
}

function wordsFor(at: number, rule: EstateRule, from: string, to: string, language: Locale): string {
  const port = rule.ports.split('-')[0] ?? '';
  const kind = Math.floor(at / 2) % 10;
  const isEnglish = language === 'en';
  if (kind < 6) return isEnglish ? `which ports from ${from} to ${to}?` : `从${from}到${to}需要开哪些端口？`;
  if (kind < 8)
    return isEnglish
      ? `is ${port}/${rule.transport} allowed from ${from} to ${to}?`
      : `从${from}到${to}的 ${rule.transport} ${port} 允许吗？`;
  if (kind < 9) return isEnglish ? `who talks to ${to}?` : `谁能访问${to}？`;
  return isEnglish ? `what uses port ${port} to ${to}?` : `到${to}的端口 ${port} 是做什么用的？`;
}
