// A conversation from the widget's side, with an agent on the other: node widget.cjs ADDRESS CLIENT
//
// CLIENT is what the widget calls the server with: `ddp-client` today, `sdk` in the widget that was
// last published on its own. They have the same calls; some are called or unpacked in another way.
const { uploaded } = require('./browser.cjs');
const { signedIn, refusal, tell, told } = require('./people.cjs');

const CLIENTS = {
  'ddp-client': (host) => {
    const { LivechatClientImpl } = require('@rocket.chat/ddp-client');
    const widget = LivechatClientImpl.create(host);
    return Object.assign(widget, {
      upload: (rid, file) => widget.uploadFile(rid, file).then(uploaded),
      next: (department) => widget.nextAgent({ department }),
    });
  },
  sdk: (host) => {
    const { default: Livechat } = require('@rocket.chat/sdk/lib/api/Livechat');
    const widget = new Livechat({ host });
    return Object.assign(widget, {
      upload: (rid, file) => widget.uploadFile({ rid, file }),
      next: (department) => widget.nextAgent(department),
    });
  },
};

const only = (answer, key) => answer[key] ?? answer;
const texts = (messages) => messages.map(({ t, msg }) => t ?? msg).reverse();

/** The visitor fills in the form, asks, and waits. */
async function asking(widget, token) {
  const before = await widget.config({});
  const guest = { token, name: 'Nora Lind', email: `${token}@example.com`, department: 'sales' };
  const visitor = only(await widget.grantVisitor({ visitor: guest }), 'visitor');
  const next = await refusal(widget.next('sales'));
  const room = await widget.room({});
  const rid = room._id;
  const question = only(await widget.sendMessage({ rid, token, msg: 'Is it lihgt?' }), 'message');
  await widget.editMessage(question._id, { rid, token, msg: 'Is it light?' });
  const again = await widget.room({});
  const waiting = await widget.config({ token });
  const isSame = again._id === rid;
  return { before, visitor, next, room, isSame, waiting, rid, question: question._id };
}

/** An agent finds him in the queue, takes him, and answers. */
async function taking(agent, { rid }) {
  const { inquiries } = await agent.get('/v1/livechat/inquiries.queuedForUser', {});
  const { _id: inquiryId, v } = inquiries.find((inquiry) => inquiry.rid === rid);
  await agent.post('/v1/livechat/inquiries.take', { inquiryId });
  const { inquiries: left } = await agent.get('/v1/livechat/inquiries.queuedForUser', {});
  await agent.post('/v1/chat.sendMessage', { message: { rid, msg: 'Two kilos.' } });
  return { queued: v.token, stillQueued: left.some((inquiry) => inquiry.rid === rid) };
}

/** The visitor sees who answered, shows what he looks at, sends a file, and goes for coffee. */
async function talking(widget, token, { rid, question }) {
  const card = await widget.agent(rid, { rid }).catch(() => widget.agent({ rid }));
  const read = await widget.loadMessages(rid, { limit: 50 });
  const single = only(await widget.message(question, { rid }), 'message');
  const pageInfo = {
    title: 'Tents', change: 'url', location: { href: 'https://outdoor.example/tents' },
  };
  await widget.sendVisitorNavigation({ token, rid, pageInfo });
  const field = { token, key: 'company', value: 'Fjell AS', overwrite: true };
  await widget.sendCustomField(field);
  const file = new File(['a tent'], 'tent.txt', { type: 'text/plain' });
  const sent = await widget.upload(rid, file);
  const status = await widget.updateVisitorStatus('away');
  return { card, read: texts(read), single: single.msg, file: sent.file.name, status };
}

/** Agent and manager look at the visitor and his room. */
async function looking(agent, manager, { rid, visitor }) {
  const { rooms } = await manager.get('/v1/livechat/rooms', { roomName: visitor.name, open: true });
  const { v: { status } } = rooms.find(({ _id }) => _id === rid);
  const { pages } = await agent.get(`/v1/livechat/visitors.pagesVisited/${rid}`, {});
  const { visitor: profile } = await agent.get(
    '/v1/livechat/visitors.info', { visitorId: visitor._id });
  const { messages } = await agent.get(`/v1/livechat/${rid}/messages`, {});
  return {
    status,
    pages: pages.map(({ msg }) => msg),
    company: profile.livechatData.company,
    files: messages.flatMap(({ file }) => file?.name ?? []),
  };
}

/** The visitor asks for the transcript, ends the conversation, rates it, and remembers a thing. */
async function ending(widget, token, { rid }) {
  await widget.requestTranscript(`${token}@example.com`, { rid });
  await widget.closeChat({ rid });
  const survey = await widget.chatSurvey({ rid, data: [{ name: 'satisfaction', value: '5' }] });
  const late = await refusal(widget.sendMessage({ rid, token, msg: 'One more thing' }));
  const read = texts(await widget.loadMessages(rid, { limit: 50 }));
  return { survey: survey.data, late, read };
}

/** The manager finds the conversation in the list. */
async function finding(manager, { rid, visitor }) {
  const { rooms } = await manager.get('/v1/livechat/rooms', { roomName: visitor.name });
  const { open = false, closer, servedBy } = rooms.find(({ _id }) => _id === rid);
  return { open, closer, servedBy: servedBy.username };
}

/** The visitor begins again, changes the department, takes a word back, and has himself deleted. */
async function leaving(widget, token, { rid }) {
  const room = await widget.room({});
  const message = only(await widget.sendMessage({ rid: room._id, token, msg: 'oops' }), 'message');
  const moved = await widget.transferChat({ rid: room._id, department: 'support' }).catch(told);
  const deleted = await widget.deleteMessage(message._id, { rid: room._id }).catch(told);
  const read = texts(await widget.loadMessages(room._id, { limit: 50 }));
  const tooEarly = await refusal(widget.deleteVisitor());
  const { departmentId } = await widget.room({});
  await widget.closeChat({ rid: room._id });
  await widget.deleteVisitor();
  const gone = await refusal(widget.visitor());
  return { isNew: room._id !== rid, moved, departmentId, deleted, read, tooEarly, gone };
}

async function main(address, name) {
  const token = `${name}-nora`;
  const widget = CLIENTS[name](address);
  const [agent, manager] = await Promise.all(
    ['kim.jane', 'manager'].map((username) => signedIn(address, username)));
  const asked = await asking(widget, token);
  const taken = await taking(agent, asked);
  const talk = await talking(widget, token, asked);
  const looked = await looking(agent, manager, asked);
  const ended = await ending(widget, token, asked);
  const found = await finding(manager, asked);
  const left = await leaving(widget, token, asked);
  const offline = await widget.sendOfflineMessage({
    name: 'Nora Lind', email: `${token}@example.com`, message: 'Call me', department: 'support',
  });
  return { asked, taken, talk, looked, ended, found, left, offline: only(offline, 'message') };
}

tell(main(...process.argv.slice(2)));
