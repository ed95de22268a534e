/** What a template asks for, and in which language. {F}, {T}, {R}: roles. {P}: ports. {A}: a topic. {X}: a transport. */
export type Kind =
  | 'pair'
  | 'between'
  | 'to'
  | 'from'
  | 'either'
  | 'ports'
  | 'check'
  | 'topic'
  | 'pair-topic'
  | 'pair-transport'
  | 'exists'
  | 'count'
  | 'why'
  | 'breaks';

type Templates = Readonly<Record<Kind, readonly string[]>>;

export const english: Templates = {
  pair: [
    'which ports from {F} to {T}?',
    'what ports does {F} need to reach {T}?',
    '{F} -> {T}',
    '{F} to {T}',
    'list the firewall rules from {F} to {T}',
    'which ports must be open from {F} to {T}?',
    '{T} <- {F}',
    'ports needed for {F} to talk to {T}',
    'what does {F} use to connect to {T}?',
    'source {F}, destination {T}',
    'which ports does {F} use to access {T}',
    'show me the ports from {F} to {T}',
    'what is allowed from {F} to {T}?',
    'which protocols and ports go from {F} to {T}?',
    'I need to know which ports to open from {F} to {T}',
    'to {T} from {F}: which ports?',
    'which ports do we need for traffic from {F} to {T}?',
    'which ports must {T} accept from {F}?',
    'what has to be open so that {F} can reach {T}?',
    'give me all ports from {F} to {T}',
  ],
  between: [
    'which ports between {F} and {T}?',
    '{F} <-> {T}',
    'what must be open between {F} and {T}?',
    'ports between {F} and {T}, both directions',
  ],
  to: [
    'who talks to {R}?',
    'which ports does {R} listen on?',
    'inbound ports of {R}',
    'what can reach {R}?',
    'which ports are open to {R}?',
  ],
  from: ['what does {R} talk to?', 'outbound ports of {R}', 'where does {R} connect to?', 'which ports are open from {R}?'],
  either: ['which ports does {R} need?', 'which ports does {R} use?', 'what are the ports for {R}?'],
  ports: ['what uses {P}?', 'who uses port {P}?', 'what is port {P} for?', 'what does {P} do?', 'port {P}', 'which rules use {P}?'],
  check: [
    'is {P} allowed from {F} to {T}?',
    'can {F} reach {T} on {P}?',
    'is {P} open from {F} to {T}?',
    'does {F} need {P} to {T}?',
    '{P} from {F} to {T}',
    'may {F} connect to {T} over {P}?',
  ],
  topic: ['which ports for {A}?', 'which rules are for {A}?', 'what ports does {A} use?'],
  'pair-topic': ['{A} from {F} to {T}', 'which ports from {F} to {T} for {A}?'],
  'pair-transport': ['which {X} ports from {F} to {T}?', '{X} from {F} to {T}'],
  exists: ['is there any {X} from {F} to {T}?', 'are there any {X} ports from {F} to {T}?', 'any {X} from {F} to {T}?'],
  count: ['how many ports from {F} to {T}?', 'how many rules are there from {F} to {T}?'],
  why: ['why does {R} use {P}?', 'why does {R} need port {P}?'],
  breaks: ['what breaks if I block {P}?', 'what stops working when {P} is closed?', 'what happens if we close {P}?'],
};

export const chinese: Templates = {
  pair: [
    '从{F}到{T}需要开哪些端口？',
    '{F}到{T}要开什么端口',
    '{F}访问{T}用哪些端口？',
    '{F} → {T}',
    '{F}到{T}',
    '{F}连接{T}需要哪些端口',
    '列出{F}到{T}的所有端口',
    '由{F}至{T}的防火墙规则有哪些',
    '{T}需要对{F}开放哪些端口',
    '源是{F}，目标是{T}',
    '{F}要访问{T}，防火墙要放行什么端口？',
    '{F}去{T}走什么端口',
    '从{F}发往{T}的流量用什么端口',
    '查一下{F}到{T}的端口',
    '{T}被{F}访问用哪些端口',
    '哪些端口从{F}开到{T}',
    '從{F}到{T}需要開哪些連接埠？',
    '{F}存取{T}要用哪些埠',
    '从{F}到{T}有哪些规则',
    '想知道{F}访问{T}需要什么端口',
  ],
  between: ['{F}和{T}之间需要哪些端口', '{F}与{T}双向要开什么端口？', '{F} <-> {T} 的端口', '{F}與{T}之間需要開哪些連接埠'],
  to: ['谁会访问{R}？', '{R}的入站端口有哪些', '哪些角色访问{R}', '{R}监听哪些端口'],
  from: ['{R}会访问谁？', '{R}的出站端口有哪些', '{R}访问哪些服务器'],
  either: ['{R}需要开哪些端口？', '{R}用哪些端口', '{R}的端口有哪些'],
  ports: ['{P}端口是做什么用的？', '谁使用{P}端口', '哪些规则用{P}', '{P}是干什么的', '端口{P}'],
  check: ['{F}到{T}的{P}通吗？', '从{F}到{T}是否允许{P}', '{F}能不能访问{T}的{P}端口', '{P}从{F}到{T}允许吗', '{F}访问{T}可以用{P}吗'],
  topic: ['{A}用哪些端口？', '{A}需要开什么端口', '哪些规则是{A}的'],
  'pair-topic': ['从{F}到{T}的{A}用什么端口', '{F}到{T}的{A}'],
  'pair-transport': ['从{F}到{T}的{X}端口有哪些', '{F}到{T}要开哪些{X}端口'],
  exists: ['从{F}到{T}有{X}吗？', '{F}到{T}有没有{X}端口'],
  count: ['从{F}到{T}有几个端口？', '{F}到{T}一共有多少条规则'],
  why: ['{R}为什么用{P}？', '为什么{R}需要{P}端口'],
  breaks: ['如果封掉{P}会影响什么？', '关闭{P}会怎样', '要是{P}被禁止，会影响哪些规则'],
};

export const prefixes = {
  en: ['', '', '', '', 'wait, ', 'hi, ', 'by the way, ', 'hey portclerk, ', 'sorry, ', 'ok, '],
  zh: ['', '', '', '', '等一下，', '顺便问一下，', '你好，', '请问', '不好意思，', '請問'],
};

export const suffixes = { en: ['', '', '', '', ' thanks', ' please'], zh: ['', '', '', '', '谢谢', '，多谢'] };
