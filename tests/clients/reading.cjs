// Runs the vendor's own JavaScript client against the mock at argv[2]; prints what it read as JSON.
const { RestClient } = require('@rocket.chat/api-client');

const WINDOW = { start: '2020-09-09T00:11:22.345Z', end: '2020-09-10T23:59:22.345Z' };

async function main(baseUrl) {
  const nobody = new RestClient({ baseUrl });
  const { data } = await nobody.post('/v1/login', { user: 'manager', password: 'manager' });

  const client = new RestClient({ baseUrl });
  client.setCredentials({ 'X-User-Id': data.userId, 'X-Auth-Token': data.authToken });
  const me = await client.get('/v1/me');
  const chats = await client.get(
    '/v1/livechat/analytics/dashboards/charts/chats-per-agent', WINDOW);
  const refused = await nobody.get('/v1/me').catch((response) => response.status);
  const page = await client.get('/v1/livechat/users/agent', { count: 2, offset: 1 });

  return { me: me.username, chats, refused, agents: page.users.map((user) => user.username) };
}

main(process.argv[2]).then(
  (read) => console.log(JSON.stringify(read)),
  (error) => { console.error(error); process.exit(1); },
);
