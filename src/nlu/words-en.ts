import type { Words } from './grammar.ts';

/** English grammar, phrases apart by commas. */
export const englishWords: Words = {
  from: 'from, source, src, source is, originating from, originating at, coming from, out of, sourced from, starting at, initiated from, source role, source ip, source server, source host',
  to: 'to, into, toward, towards, onto, destination, dest, dst, target, destination is, going to, destined for, bound for, through to, destination role, destination ip, destination server, destination host',
  reach:
    'reach, reaches, reaching, reached, access, accesses, accessing, accessed, contact, contacts, contacting, contacted, hit, hits, hitting, ping, pings, query, queries',
  with: 'with',
  between: 'between, among, in between, betwixt',
  'as-source': 'as the source, as source, as a source, as its source, as their source, for source, on the source side',
  'as-target':
    'as the destination, as destination, as a destination, as target, as the target, as its destination, on the destination side',
  among: 'between, among, amongst, each other, one another',
  both: 'and back, and back again, there and back, both directions, both ways, both direction, both way, in both directions, either direction, either way, each direction, bidirectional, bidirectionally, bi-directional, two-way, two way, 2-way, 2 way, vice versa, in each direction, to and from, from and to, back and forth, mutual, each other, one another',
  and: 'and, or, plus, as well as, along with, together with, nor, and also, versus, vs, and/or',
  on: 'on, at, upon',
  inbound:
    'inbound, incoming, ingress, in-bound, coming in, comes in, listen, listens, listening, listen on, accept, accepts, accepting, accepted, receive, receives, receiving, received, expose, exposes',
  outbound: 'outbound, outgoing, egress, out-bound, going out, goes out, leaving, initiate, initiates, initiating, originate, originates',
  by: 'by',
  wh: "which, what, what's, whats, what is, what are, how many, where, what kind of, what sort of",
  tell: 'list, show, show me, tell me, tell us, give me, give us, list all, show all, do you know, can you tell me, could you tell me, can you list, can you show, could you list, could you show, can you show me, can you give me, could you give me, could you show me, would you tell me, what about, how about, let me know, i want to know, i need to know, we need to know, need to know, want to know, like to know, find, look up, lookup, explain, describe, summarise, summarize, wondering which, wondering what, display, print, get me',
  who: 'who, whom, who all, which servers, which roles, which systems, which machines, which hosts, which clients, which components, which server, which role, which system, which host, which machine, what servers, what roles, what systems, what hosts, what machines, what can, who can, who may, who does, what else, where else, somebody, someone, something, nothing, nobody, nowhere',
  aux: "are there, is there any, are there any, are there even, is, are, can, could, does, do, did, may, will, would, should, must, was, were, has, isn't, aren't, can't, doesn't, don't, shall, is there, are there, is it, is the, do i, do we, should i, should we, can i, can we, must i, must we, could i",
  allow:
    'allow, allows, allowed, allowing, permit, permits, permitted, permissible, opened, possible, legal, ok, okay, fine, valid, work, works, pass, passes, get through, gets through, go through, goes through, accepted, reachable, accessible, covered, enabled, enough, correct, right, true',
  port: 'port, ports, port number, port numbers, portnumber, prot, prots, potrs, pots',
  subject:
    'traffic, rule, rules, firewall, firewalls, protocol, protocols, service, services, flow, flows, connection, connections, connectivity, communication, communications, firewall rule, firewall rules, acl, acls, direction, opening, openings, packets, packet, access list, security group, whitelist, allowlist, dependency, dependencies, requirement, requirements',
  talk: 'talk, talks, talking, speak, speaks, speaking, communicate, communicates, communicating, connect, connects, connecting, connected, send, sends, sending, sent, interact, interacts, call, calls, calling, called, relay, relays, forward, forwards, forwarding, publish, publishes, published, used for, used, for what, meant for, run, runs, running, go, goes, flow to, reply, replies, respond, responds, transfer, move, moves, initiated, started, dial, dials',
  need: 'need, needs, needed, needing, require, requires, required, requiring, use, uses, using, necessary, want, wants, wanted, depend on, depends on, have to be, has to be, must be, should be, ought to, supposed to be, supposed to',
  all: 'all, are there, every, everything, each, complete, entire, whole, full, overview, complete list',
  count:
    'server, servers, node, nodes, machine, machines, host, hosts, box, boxes, day, days, hour, hours, minute, minutes, week, weeks, month, months, year, years, times, things, people, step, steps, page, pages, row, rows, version, release, build, r, sp, cu, service pack, january, february, march, april, june, july, august, september, october, november, december, pm, am, percent, euros, dollars, apples, th, nd, rd, st, ip, ipv, ticket, chg, item, items, questions, question, a.m., p.m., attempt, level, tier, layer, vlan, in the year, since, until, kb, mb, gb, ms, seconds, room, building, floor, site, zone',
  product:
    'skype for business, sfb, microsoft, ms, windows, windows server, office communications server, ocs, edition, standard edition, enterprise edition, ms lync',
  open: 'open, opened, open up, opening up, enable, unblock, add, create, set up, setup, provision, grant, implement, establish, punch',
  close: 'close, remove, delete, revoke, disable, decommission, retire, tear down, take down, close down, get rid of, shut, clean up',
  request:
    'request, requesting, apply for, raise a request, raise a change, raise a ticket, file a request, submit a request, new request, create a request, open a request, make a request, start a request, change request, request these ports, request these, request this, request it, request them, request access, new change request, firewall request, firewall change, create a change request, raise a change request, open a change request, log a change, open a ticket',
  mine: 'my, mine, our',
  status:
    'status, state, progress, my requests, my request, my changes, my change requests, my change request, requests, open requests, my open requests, my pending requests, pending requests, pending, where is my request, what happened to, waiting for me, my approvals, inbox, my drafts, my draft, drafts, my tickets',
  not: "not, don't, dont, do not, never, cannot, can't, cant, won't, will not, no longer, neither, unable, fails, failing, fail, failed, impossible",
  deny: 'block, blocks, blocked, blocking, forbidden, denied, denies, deny, closed, refused, prohibited, disallowed, not allowed, not open, not permitted, not needed',
  except:
    'without, except, except for, all but, everything but, anything but, everything besides, minus, leave out, leaving out, omit, omitting, save for, ignoring, not counting, not including, all ports but, any port but, any but, all rules but, ports but, but for, with the exception of,  excluding, exclude, other than, but not, apart from, besides, instead of, rather than',
  why: 'why, how come, what for, for what reason, what is the reason, what is the purpose, the purpose of, what purpose, for what purpose',
  quantity: 'how many, number of, count, count of, how much, the number of, total number of',
  exist: 'is there, are there, is there any, are there any, are there even',
  break:
    'break, breaks, breaking, broken, stop working, stops working, stops, what happens, what would happen, what will happen, affected, affect, affects, impact, impacts, impacted, lose, go wrong, goes wrong, dies, outage, consequence, consequences, suffer, suffers, goes down, fall over, what if',
  if: 'if, suppose, assuming, provided, in case, should i, when, once, safe to, what if',
  differ:
    'what changes, what changed, diff, differ, differs, differing, difference, differences, different, difference between, differences between, compare, compares, compared, comparison, distinguishes, vs, versus',
  contrast:
    'what changes, what changed, difference, differences, difference between, differences between, compare, compares, compared, comparison, diff, differs, differ',
  reverse:
    'other way, other way round, other way around, other direction, opposite direction, opposite way, reverse, reverse direction, reverse way, reversed, in reverse, opposite, way back, return direction, backwards, swap them, swapped, vice versa',
  follow: 'and, what about, how about, only, just, same for, same question for, but only, same, then, or, but',
  or: 'or',
  sole: 'only, just, solely, nothing but, exclusively',
  itself:
    'itself, themselves, server itself, servers themselves, the server itself, the servers themselves, the server, the servers, directly, the nodes, real servers, the node, server directly',
  how: 'how, how do i, how can i, how to, how do we, how does one, how should i, when, how long',
  define: 'meaning, mean, means, definition, define, stand for, stands for',
  help: 'help, help me, what can you do, what do you do, how do i use this, how do i use you, how does this work, how do you work, usage, commands, options, manual, instructions, instruction, what are you, who are you, what can i ask, what can i say, get started, getting started, examples, example, how do i start, menu, man, how to use this, how to use, how does it work, what do you know',
  greeting:
    'hi, hello, hey, hiya, howdy, good morning, good afternoon, good evening, morning, greetings, hi there, hello there, hey there, thanks, thank you, thx, cheers, bye, goodbye, yo, sup, many thanks, thanks a lot, thank you very much, ta, cool, great, nice, good day, how are you, how are you doing',
  polite:
    "wait, hold on, hang on, one moment, just a moment, just a second, one second, a second, by the way, btw, portclerk, sorry, excuse me, quick one, oh wait, actually, a question, one question, i was wondering, i wonder, wondering, pardon, erm, ehm, before that, real quick, one more thing, one more question, another question, hi bot, dear bot, good question, out of curiosity, just wondering, please, pls, plz, kindly, could you please, can you please, would you please, can you, could you, would you, will you, i want to, i'd like to, i would like to, i need to, we need to, we want to, we'd like to, let's, lets, i want, i would like, i'd like, go ahead and, just, now, ok, so, then, also, well, i wish to, i have to, we have to, i must, we must, help me to, help us, bot, portclerk, hey bot, i need you to, may i, i want you to",
  approve:
    'approve, approved, approving, i approve, lgtm, sign off, sign off on, accept request, looks good, ok to go, approve it, approve this, approve request, i approve of, approve the request, approve change, approve the change',
  reject:
    'reject, rejected, decline, declined, deny, refuse, veto, turn down, i reject, i decline, reject it, reject request, reject the request',
  'send-back':
    'send back, sendback, return, sent back, send it back, hand back, push back, return to requester, i send back, request changes, ask for changes, changes requested',
  withdraw:
    'withdraw, cancel, cancel request, withdraw request, withdraw the request, withdraw my request, i withdraw, cancel my request, retract, recall, cancel the request, pull back my request',
  'take-back':
    'take back, take back my approval, take back my approval of, take back my approval for, take back approval, withdraw my approval, withdraw my approval of, withdraw my approval for, withdraw approval of, withdraw approval, revoke my approval, revoke my approval of, revoke my approval for, revoke approval, revoke approval of, unapprove, retract my approval, retract my approval of, undo my approval, undo my approval of, cancel my approval, cancel my approval of, cancel approval, i take back my approval of',
  ask: 'ask, ask about, question about, question on, query on, ask on, ask the requester of, ask the requester, need more information on, more information on, need more info on, more info on, need info on',
  filler:
    "the, a, an, of, in, for, as, it, its, it's, this, that, these, those, there, here, be, been, being, i, we, you, he, she, they, them, us, me, your, their, his, her, if, than, when, while, because, that's, there's, i'm, we're, you're, one, ones, some, any other, other, others, only, exactly, really, actually, currently, today, again, still, yet, already, ever, maybe, perhaps, too, about, regarding, concerning, re, via, over, across, through, within, inside, like, such, same, new, old, set, kind, sort, type, way, side, end to end, yes, no, yeah, yep, nope, hmm, um, uh, oh, team, folks, guys, all right, sir, everyone's, need help, question is, my question, question, quick question, quickly, thing, direct, directly, direction of, default, by default, usually, normally, typically, correctly, properly, successfully, case, cases, in case, order, in order, per, etc, e.g., i.e., eg, ie, even, up, down, off, under, above, below, before, after, during, first, second, third, next, last, main, minimum, minimal, number, numbers, name, names, inside our, listening port, table, list of, document, documentation, docs, according, according to, microsoft's, topology, deployment, environment, network, networks, interface, interfaces, infrastructure, setup, architecture, design, diagram, system, systems, component, components, role, roles, pool, pools, end, ends, know, see, check, verify, confirm, make, makes, made, making, let, lets in, do so, done, put, work out, understand, think, say, says, said, tell, answer, read, and so on, thanks in advance, us all, ourselves, myself, myself and, each of, our side, destination port, source port, stuff, anyone know, does anyone know, anybody know, opened up, exist, exists, happen, happens, configure, configured, configuration, config, lync's, internal and external, sure, certain, following, mentioned, listed, given, provided, appropriate, relevant, related, specific, particular, respective, different, various, normal, standard, common, proper, well known, well-known, dear, colleague, colleagues, much, many, more, most, few, several, less, least, both, either, whether, however, but, though, although, since we, now that, once, soon, later, always, sometimes, often, time, moment, scratch, example of, instance, instead, rather, else, anyway, just to, to be, to have, back",
};
