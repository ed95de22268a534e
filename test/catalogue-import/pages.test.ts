import { describe, expect, test } from 'vitest';
import { importText, rulesOf } from '../support/catalogue-import.ts';

const row = (...cells: readonly string[]): string =>
  `<tr class="odd">\n${cells.map((cell) => `<td><p>${cell}</p></td>`).join('\n')}\n</tr>`;

/** Invented; built as published port summaries are: front matter, Markdown around, one HTML table, stray spaces before names. */
const chinesePage = `---
title: Example Server 2013：端口一览 - 样例
TOCTitle: 端口一览 - 样例
ms:mtpsurl: https://docs.example.com/zh-cn/ports(v=1)
ms.date: 05/19/2016
---

# Example Server 2013 中的端口一览 - 样例

&nbsp;

_**上一次修改主题：** 2014-11-30_

样例环境在 2013 年部署。还要把端口 HTTP/TCP 8080 和 HTTPS/TCP 4443 从反向代理打开到 前端服务器。反过来，从 控制器到 边缘服务器内部接口也要放行 SIP/MTLS/TCP 5061。内部客户端使用 443 端口。

### 样例的端口和协议

<table>
<colgroup>
<col style="width: 50%" />
</colgroup>
<thead>
<tr class="header">
<th>角色/协议/TCP 或 UDP/端口</th>
<th>源 IP 地址</th>
<th>目标 IP 地址</th>
<th>说明</th>
</tr>
</thead>
<tbody>
${[
  row('HTTP/TCP 8080', '反向代理内部接口', '控制器硬件负载平衡器 VIP', '样例说明一'),
  row('HTTPS/TCP ４４３', ' 内部客户端', ' 控制器 HLB VIP', '样例说明二'),
  row('HTTPS/TCP 444', '控制器', '前端池 或 前端服务器', ''),
  row('SIP/MTLS/TCP 5061', '边缘服务器内部接口', '控制器', '样例说明四'),
  row('MTLS/TCP/50001', '任意', '控制器', '集中日志记录服务控制器 (ClsController.exe)'),
].join('\n')}
</tbody>
</table>
`;

describe('a Chinese page of Markdown around an HTML table', () => {
  test('becomes the rules of its table, VIPs as the way to what stands behind them', async () => {
    const run = await importText(chinesePage, { name: 'page.md', prefix: 'EX' });
    expect(run.code).toBe(0);
    expect(rulesOf(run.topology())).toEqual([
      'EX-1 HTTP tcp 8080: reverse-proxy -> director via director-vip',
      'EX-2 HTTPS tcp 443: internal-client -> director via director-vip',
      'EX-3 HTTPS tcp 444: director -> fe-pool|fe-server',
      'EX-4 SIP/MTLS tcp 5061: edge-internal -> director',
      'EX-5 MTLS tcp 50001: any -> director',
    ]);
  });

  test('takes title, product, date and address from the page, and marks what is not translated', async () => {
    const { document, rules } = (await importText(chinesePage, { name: 'page.md' })).topology();
    expect(document).toEqual({
      title: { en: '(only in Chinese) 端口一览 - 样例', 'zh-CN': '端口一览 - 样例' },
      product: 'Example Server 2013',
      revised: '2014-11-30',
      url: 'https://docs.example.com/zh-cn/ports(v=1)',
    });
    expect(rules[0]?.purpose).toEqual({ en: '(only in Chinese) 样例说明一', 'zh-CN': '样例说明一' });
    expect(rules[0]?.place).toEqual({ en: 'table row 1', 'zh-CN': '表格第 1 行' });
    expect(rules[2]?.purpose).toEqual({ en: 'HTTPS/TCP 444', 'zh-CN': 'HTTPS/TCP 444' });
  });

  test('is reported on: rows, columns, labels, and the ports of its sentences with their line', async () => {
    const { report } = await importText(chinesePage, { name: 'page.md', prefix: 'EX' });
    expect(report[0]).toBe('page.md: tables of ports: 1; rows read: 5; rules drafted: 5; to look at: 3');
    expect(report).toContain('“MTLS/TCP/50001” → MTLS, tcp, 50001');
    expect(report).toContainEqual(
      expect.stringMatching(
        /^page\.md:14: outside the tables tcp 8080 is named; rows with it \(EX-1\) lack reverse-proxy → fe-server: “还要/,
      ),
    );
    expect(report).toContainEqual(
      expect.stringMatching(/^page\.md:14: outside the tables tcp 4443 is named, beside Reverse proxy, Front End Server; no row has it/),
    );
    expect(report).toContainEqual(
      expect.stringMatching(/^page\.md:14: outside the tables tcp 5061 is named; rows with it \(EX-4\) lack director → edge-internal/),
    );
    expect(report).toContainEqual(
      expect.stringMatching(/^page\.md:14: outside the tables 443 is named, beside Internal client; rows with it: EX-2/),
    );
    expect(report.join('\n')).not.toMatch(/ 2013 is named|lack .*any/);
    expect(report).toContainEqual(
      expect.stringMatching(/^page\.md:18: columns: “角色\/协议\/TCP 或 UDP\/端口” → label; “源 IP 地址” → source/),
    );
  });

  test('is reported on in Chinese to a reader of Chinese', async () => {
    const { report } = await importText(chinesePage, { name: 'page.md', prefix: 'EX', locale: 'zh-CN' });
    expect(report[0]).toBe('page.md：端口表 1 个；读取 5 行；起草规则 5 条；待处理 3 处');
  });

  test('reads the same from standard input', async () => {
    const [file, piped] = [await importText(chinesePage, { name: 'page.md' }), await importText(chinesePage)];
    expect(piped.topology()).toEqual(file.topology());
  });
});

describe('an English page', () => {
  const page = `<!doctype html><html lang="en"><head><title>Sample ports</title><link rel="canonical" href="https://docs.example.com/ports">
<style>td { color: red }</style><script>var port = "TCP 9999";</script></head><body>
<h1>Ports of a Sample Edge 2013</h1><p>Last modified: 2012-10-20</p>
<p>On the way back TCP 5269 is open from the Edge internal interface to the Director.</p>
<table><tr><th>Notes<th>Destination IP address<th>Source IP address<th>Protocol/TCP or UDP/Port
<tr><td colspan=4>Access Edge service
<tr><td>Sign-in &amp; more<td>Access Edge service public IP address<td>Any<td>Access/SIP(TLS)/TCP/443
<tr><td>Media<td rowspan=2>Any<td>A/V Edge service<td>A/V/RTP/TCP/50,000-59,999
<tr><td>Lookup<td>A/V Edge service<td>A/V/STUN,MSTURN/UDP/3478
<tr><td>Partners<td>Edge internal interface<td>Any (may be Director or Front End pool)<td>XMPP/MTLS/23456
<tr><td>Names<td>Any<td>Access Edge service<td>DNS/TCP/UDP/53
<tr><td>Old<td>Edge internal interface<td>Legacy fax bridge<td>PSOM/MTLS/TCP/8057
<tr><td>Odd<td>Director<td colspan=2>Any or TCP 1,433
</table></body></html>`;

  test('is read whatever the order of its columns and however little HTML it closes', async () => {
    const run = await importText(page, { name: 'page.html' });
    expect(rulesOf(run.topology())).toEqual([
      'PSE-1 SIP/TLS tcp 443: any -> edge-access',
      'PSE-2 RTP tcp 50000-59999: edge-av -> any',
      'PSE-3 STUN/MSTURN udp 3478: edge-av -> any',
      'PSE-4 XMPP/MTLS ? 23456: any -> edge-internal',
      'PSE-5-TCP DNS tcp 53: edge-access -> any',
      'PSE-5-UDP DNS udp 53: edge-access -> any',
      'PSE-6 PSOM/MTLS tcp 8057: unknown-legacy-fax-bridge -> edge-internal',
      'PSE-7 - ? ?: unknown-any-or-tcp-1-433 -> director',
    ]);
    const [first, , , fourth] = run.topology().rules;
    expect(first?.destination_as).toBe('public-address');
    expect(first?.notes).toEqual([{ en: 'Also printed: Access', 'zh-CN': '原文还写有：Access' }]);
    expect(fourth).toMatchObject({ gaps: ['transport'], source_may_be: ['director', 'fe-pool'] });
    expect(run.topology().document).toMatchObject({
      product: 'Sample Edge 2013',
      revised: '2012-10-20',
      url: 'https://docs.example.com/ports',
    });
  });

  test('what is not understood stays open, and is named with its line', async () => {
    const { report, yaml } = await importText(page, { name: 'page.html' });
    expect(yaml).toContain('# no role is called “Legacy fax bridge”');
    expect(report).toContain('page.html:12: no role is called “Legacy fax bridge”: drafted as unknown-legacy-fax-bridge');
    expect(report).toContain('page.html:10: “XMPP/MTLS/23456” does not say TCP or UDP: left open');
    expect(report).toContain('page.html:13: the column “Protocol/TCP or UDP/Port” shares a cell with the one before it: left open');
    expect(report).toContain('page.html:6: read as a heading between rows: “Access Edge service”');
    expect(report).toContainEqual(
      expect.stringMatching(
        /^page\.html:4: outside the tables tcp 5269 is named, beside Edge \(internal interface\), Director; no row has it/,
      ),
    );
    expect(report.join()).not.toContain('TCP 9999');
  });
});

describe('Markdown tables', () => {
  const page = `# Sample

| Component | Port | Protocol | Comment |
|---|---|---|---|
| Front End Server | 5060/5061 | TCP | **SIP** |
| Mediation Server | 1,433 | TCP | a comma that may part two ports |

| Word | Meaning |
|---|---|
| SIP | signalling |

| What | Which |
|---|---|
| HTTPS/TCP 444 | that one |

| From | To | Service |
|---|---|---|
| 边缘 | 控制器 | tcp/5061 |
`;

  test('several of a page are read; one of roles alone leaves the direction open', async () => {
    const { rules } = (await importText(page, { name: 'page.md', prefix: 'S' })).topology();
    expect(rules.map(({ id, role, gaps, place }) => ({ id, role, gaps, place: place.en }))).toEqual([
      { id: 'S-1', role: 'fe-server', gaps: ['direction'], place: 'table 1, row 1' },
      { id: 'S-2', role: 'mediation', gaps: ['direction', 'ports'], place: 'table 1, row 2' },
      { id: 'S-3', role: null, gaps: [], place: 'table 2, row 1' },
    ]);
  });

  test('those left out are named, the more so when they look like ports', async () => {
    const { report } = await importText(page, { name: 'page.md' });
    const [first, second] = ['8: this table is not one of ports', '12: this table has labels of ports in it'];
    expect(report).toContainEqual(expect.stringContaining(`page.md:${first}`));
    expect(report).toContainEqual(expect.stringContaining(`page.md:${second}`));
  });
});
