// A day of those who run the live chat, with the vendor's client: node desk.cjs ADDRESS
//
// A manager hires an agent, opens a department, prepares an answer and a contact; the agent talks
// to a visitor; the manager looks at the boards and the reports, and puts the department away.
const { RestClient } = require('@rocket.chat/api-client');
const { signedIn, refusal, tell } = require('./people.cjs');

const L = '/v1/livechat';
const DAY = { start: '2020-09-11T00:00:00.000Z', end: '2020-09-11T23:59:59.999Z' };
const DATES = { from: '2020-09-11', to: '2020-09-11' };
const CHARTS = `${L}/analytics/dashboards`;

/** An account becomes an agent of a new department, with a card of his own. */
async function hiring(admin, manager) {
  const account = {
    username: 'runa', password: 'runa', name: 'Runa Vik', email: 'runa@example.com',
  };
  const { user } = await admin.post('/v1/users.create', account);
  await manager.post(`${L}/users/agent`, { username: 'runa' });
  const workshop = {
    enabled: true, showOnRegistration: true, showOnOfflineForm: true,
    name: 'Workshop', email: 'workshop@example.com', description: 'Mends tents.',
  };
  const members = [{ agentId: user._id, count: 0, order: 0 }];
  const { department, agents } = await manager.post(
    `${L}/department`, { department: workshop, agents: members });
  const found = await manager.get(`${L}/department`, { text: 'work', enabled: true });
  const mates = await manager.get(`${L}/department/${department._id}/agents`, {});
  const departments = await manager.get(`${L}/agents/${user._id}/departments`, {});
  return {
    agent: user._id,
    department: department._id,
    made: agents.map(({ username }) => username),
    found: found.departments.map(({ name, numAgents }) => ({ name, numAgents })),
    mates: mates.agents.map(({ username }) => username),
    departments: departments.departments.map(({ departmentId }) => departmentId),
  };
}

/** An answer is prepared for the department, and found by the agent alone who belongs to it. */
async function preparing(manager, agent, other, { department }) {
  const answer = { shortcut: 'seam', text: 'We sew it in a week.', scope: 'department' };
  await manager.post('/v1/canned-responses', { ...answer, departmentId: department, tags: [] });
  const texts = async (client) => {
    const { cannedResponses } = await client.get('/v1/canned-responses', { shortcut: 'seam' });
    return cannedResponses.map(({ text }) => text);
  };
  return { theirs: await texts(agent), others: await texts(other) };
}

/** A contact is noted before he writes, and changed. */
async function noting(manager) {
  const { contactId } = await manager.post('/v1/omnichannel/contacts', {
    name: 'Odd Berg', emails: ['odd@example.com'], phones: ['+4712345678'],
  });
  await manager.post('/v1/omnichannel/contacts.update', { contactId, name: 'Odd H. Berg' });
  const { contact } = await manager.get('/v1/omnichannel/contacts.get', { contactId });
  const { contacts } = await manager.get('/v1/omnichannel/contacts.search', { searchText: 'odd' });
  return { contactId, contact, found: contacts.map(({ name }) => name) };
}

/** He writes, the agent takes, notes a topic, and closes with comment and tag. */
async function talking(visitor, agent, { department }) {
  const token = 'odd-token';
  await visitor.post(`${L}/visitor`, {
    visitor: { token, name: 'Odd Berg', email: 'odd@example.com', department },
  });
  const { room: { _id: rid, v } } = await visitor.get(`${L}/room`, { token });
  await visitor.post(`${L}/message`, { token, rid, msg: 'A seam is gone.' });
  const { inquiry } = await agent.get(`${L}/inquiries.getOne`, { roomId: rid });
  await agent.post(`${L}/inquiries.take`, { inquiryId: inquiry._id });
  await agent.post('/v1/chat.sendMessage', { message: { rid, msg: 'We sew it in a week.' } });
  await agent.post(`${L}/room.saveInfo`, {
    guestData: { _id: v._id, name: 'Odd Berg' }, roomData: { _id: rid, topic: 'Seam', tags: [] },
  });
  await agent.post(`${L}/room.closeByUser`, { rid, comment: 'To be sewn', tags: ['repair'] });
  const again = await refusal(agent.post(`${L}/room.closeByUser`, { rid, comment: 'Twice' }));
  return { rid, visitorId: v._id, again };
}

/** What boards, reports and lists say of the day. */
async function looking(manager, { agent, department }) {
  const [
    chats, departments, totals, status, sources, tags, agents, overview, rooms,
  ] = await Promise.all([
    manager.get(`${CHARTS}/charts/chats-per-agent`, DAY),
    manager.get(`${CHARTS}/charts/chats-per-department`, DAY),
    manager.get(`${CHARTS}/conversation-totalizers`, DAY),
    manager.get(`${CHARTS}/conversations-by-status`, DAY),
    manager.get(`${CHARTS}/conversations-by-source`, DAY),
    manager.get(`${CHARTS}/conversations-by-tags`, DAY),
    manager.get(`${CHARTS}/conversations-by-agent`, DAY),
    manager.get(`${L}/analytics/agent-overview`, { ...DATES, name: 'Total_conversations' }),
    manager.get(`${L}/rooms`, { departmentId: department, agents: [agent] }),
  ]);
  const counts = ({ data }) => Object.fromEntries(data.map(({ label, value }) => [label, value]));
  const shown = ({ totalizers }) => Object.fromEntries(
    totalizers.map(({ title, value }) => [title, value]));
  return {
    chats, departments, totals: shown(totals), status: counts(status), sources: counts(sources),
    tags: counts(tags), agents: counts(agents), overview: overview.data,
    rooms: rooms.rooms.map((room) => [room._id, room.closer, room.tags, room.topic]),
  };
}

/** The manager puts the department away and dismisses the agent. */
async function leaving(manager, { agent, department }) {
  await manager.post(`${L}/department/${department}/archive`);
  const { departments } = await manager.get(`${L}/department`, {});
  const archived = await manager.get(`${L}/departments/archived`, {});
  await manager.delete(`${L}/users/agent/${agent}`);
  const { users } = await manager.get(`${L}/users/agent`, {});
  return {
    left: departments.map(({ name }) => name),
    archived: archived.departments.map(({ name }) => name),
    agents: users.map(({ username }) => username),
  };
}

async function main(address) {
  const [admin, manager, other] = await Promise.all(
    ['admin', 'manager', 'kim.jane'].map((username) => signedIn(address, username)));
  const visitor = new RestClient({ baseUrl: address });
  const before = await looking(manager, { agent: 'nobody', department: 'nowhere' });
  const hired = await hiring(admin, manager);
  const agent = await signedIn(address, 'runa');
  const nobodyThere = await refusal(talking(visitor, agent, hired));
  await agent.post('/v1/users.setStatus', { status: 'online', message: 'Here' });
  const prepared = await preparing(manager, agent, other, hired);
  const noted = await noting(manager);
  const talk = await talking(visitor, agent, hired);
  const { history } = await manager.get(
    '/v1/omnichannel/contacts.history', { contactId: noted.contactId });
  const after = await looking(manager, hired);
  const left = await leaving(manager, hired);
  const forbidden = await refusal(agent.get(`${L}/rooms`, {}));
  return { before, hired, nobodyThere, prepared, noted, talk, history, after, left, forbidden };
}

tell(main(...process.argv.slice(2)));
