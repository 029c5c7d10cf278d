// What the web app of one customer asks for, use by use (web/src/api): for programs that count.
import { call } from './shop.mjs';
import { ask } from '../../tools/aws/signed_client.mjs';

const kPassword = 'a-good-pass-42-Lotus';
/** Somebody out there: who comes from this machine is not limited, and limits cost writes. */
const kFrom = { 'x-forwarded-for': '203.0.113.77' };

export class Customer {
  constructor(url) {
    Object.assign(this, { url, email: `meter-${Date.now()}@example.com` });
  }

  async get(path) {
    const answer = await call(this.url, path, { token: this.token, headers: kFrom });
    if (answer.lost || answer.status >= 400)
      throw new Error(`${path}: ${JSON.stringify(answer).slice(0, 300)}`);
    return answer.body;
  }

  async post(path, body, headers) {
    const answer = await call(this.url, path, {
      method: 'POST',
      token: this.token,
      body,
      headers: { ...kFrom, ...headers },
    });
    if (answer.lost || answer.status >= 400)
      throw new Error(`${path}: ${JSON.stringify(answer).slice(0, 300)}`);
    return answer.body;
  }

  /** A page: who am I, what is for sale. */
  async visit() {
    await this.get('/auth/session');
    await this.get('/plans');
  }

  async register() {
    const person = { email: this.email, password: kPassword };
    this.token = (await this.post('/auth/register', person)).token;
  }

  async logIn() {
    const person = { email: this.email, password: kPassword };
    this.token = (await this.post('/auth/login', person)).token;
  }

  async openStudio() {
    await this.get('/auth/session');
    await this.get('/user/credits');
    await this.get('/image/engines');
    await this.get('/image?status=ready&limit=12');
    await this.get('/image?status=pending&limit=20');
  }

  /** Asks, waits without asking, and then does what the app does when a picture is there. */
  async generate(number) {
    const picture = await this.post(
      '/image/generate-image',
      { prompt: `a lotus pond at dawn, number ${number}, mist over calm water` },
      { 'idempotency-key': `meter-${number}`, prefer: 'respond-async' },
    );
    this.picture = picture.imageId;
    await this.painted?.(number);
    await this.get('/user/credits');
    await this.get('/image?status=ready&limit=12');
  }

  poll() {
    return this.get(`/image/${this.picture}`);
  }

  async viewPicture() {
    await this.get(`/image/${this.picture}`);
    await this.get(`/image/${this.picture}/file`);
  }

  openGallery() {
    return this.get('/image?status=ready&limit=24');
  }

  viewThumbnail() {
    return this.get(`/image/${this.picture}/thumb`);
  }

  /** Chooses a plan, pays on the simulator, comes back; the notice comes by itself. */
  async buy(number) {
    const [plan] = (await this.get('/plans')).items;
    const order = await this.post(
      '/user/pay-vnpay',
      { planId: plan.id },
      { 'idempotency-key': `meter-${Math.random()}` },
    );
    const query = new URL(order.paymentUrl).search.slice(1);
    const form = new URLSearchParams({ query, card: 'ncb', situation: 'success', action: 'pay' });
    const paid = await ask(`${this.url}/dev/vnpay/pay`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin: this.url,
        'sec-fetch-site': 'same-origin',
      },
      body: form.toString(),
    });
    if (!paid.headers?.location) throw new Error(`pay: ${JSON.stringify(paid).slice(0, 600)}`);
    await this.told?.(number);
    await this.get(`/user/vnpay-return${new URL(paid.headers.location).search}`);
    await this.get('/user/credits');
    await this.get('/user/transactions?limit=20');
  }
}
