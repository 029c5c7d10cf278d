// The yardstick: what the same function usually is in Node. It has a store client, checks a token,
// reads the account where there is a DynamoDB (without one it answers with a constant) and answers.
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import bcrypt from 'bcryptjs';
import jwt from 'jsonwebtoken';
import http from 'node:http';

const store = new DynamoDBClient({ region: 'ap-southeast-1' });
const secret = process.env.JWT_SECRET;
const asksStore = process.env.STORE === 'dynamodb';

const answer = (statusCode, body) => ({
  statusCode,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
});

const kNobody = { credits: { N: '5' }, held: { N: '0' } };
const readAccount = async (userId) => {
  const question = { TableName: 'imagify-users', Key: { userId: { S: userId } } };
  const { Item } = await store.send(new GetItemCommand({ ...question, ConsistentRead: true }));
  return Item;
};

const routes = {
  'GET /user/credits': async (event) => {
    const token = event.headers.authorization?.replace(/^Bearer /, '');
    try {
      const { sub } = jwt.verify(token, secret, { algorithms: ['HS256'], audience: 'imagify-api' });
      const { credits, held } = asksStore ? await readAccount(sub) : kNobody;
      return answer(200, { credits: Number(credits.N), held: Number(held.N), user: { id: sub } });
    } catch {
      return answer(401, { code: 'auth.required' });
    }
  },
  'POST /auth/login': async (event) => {
    const { email, password } = JSON.parse(event.body);
    const account = await readAccount(email);
    const known = account && (await bcrypt.compare(password, account.passwordHash.S));
    return known ? answer(200, { token: jwt.sign({ sub: email }, secret) }) : answer(401, {});
  },
};

const handle = (event) => {
  const { method, path } = event.requestContext.http;
  return routes[`${method} ${path}`]?.(event) ?? answer(404, { code: 'route.not_found' });
};

// The managed runtime's loop, without its own cost. node:http starts faster than fetch.
const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const call = (method, path, body) =>
  new Promise((resolve, reject) => {
    const url = `/2018-06-01/runtime/invocation/${path}`;
    const request = http.request({ host, port, method, path: url, agent }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve([response.headers, Buffer.concat(chunks).toString()]));
    });
    request.on('error', reject);
    request.end(body);
  });

const serve = async () => {
  for (;;) {
    const [headers, event] = await call('GET', 'next');
    const answered = JSON.stringify(await handle(JSON.parse(event)));
    await call('POST', `${headers['lambda-runtime-aws-request-id']}/response`, answered);
  }
};
serve().catch(() => process.exit(1));
