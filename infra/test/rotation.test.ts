// The rotation of the key that signs sessions, against a stand-in of Secrets Manager.
import assert from 'node:assert/strict';
import { test } from 'node:test';

interface Keys {
  current: string;
  previous: string;
  announced: string;
}

const kFirst = 'first-key-of-more-than-thirty-two-bytes-1';
const code = import('../lambda/rotate-jwt/rotation.mjs' as string);

/** Versions with labels, as Secrets Manager keeps them. */
class Manager {
  readonly versions = new Map<string, { text: string; labels: string[] }>();

  constructor(first: object) {
    this.versions.set('v0', { text: JSON.stringify(first), labels: ['AWSCURRENT'] });
  }

  /** Secrets Manager makes the label before it calls. */
  begin(version: string) {
    this.versions.set(version, { text: '', labels: ['AWSPENDING'] });
  }

  async describeSecret() {
    const stages = [...this.versions].map(([id, { labels }]) => [id, labels]);
    return { VersionIdsToStages: Object.fromEntries(stages) };
  }

  async getSecretValue({ VersionStage }: { VersionStage: string }) {
    const found = [...this.versions.values()].find(({ labels }) => labels.includes(VersionStage));
    if (!found?.text) throw Object.assign(new Error('none'), { name: 'ResourceNotFoundException' });
    return { SecretString: found.text };
  }

  async putSecretValue({ ClientRequestToken, SecretString, VersionStages }: any) {
    this.versions.set(ClientRequestToken, { text: SecretString, labels: VersionStages });
  }

  async updateSecretVersionStage({ MoveToVersionId, RemoveFromVersionId }: any) {
    this.versions.get(RemoveFromVersionId)!.labels = ['AWSPREVIOUS'];
    this.versions.get(MoveToVersionId)!.labels = ['AWSCURRENT'];
  }

  async keys(): Promise<Keys> {
    return JSON.parse((await this.getSecretValue({ VersionStage: 'AWSCURRENT' })).SecretString);
  }
}

const kSteps = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'];

async function rotation(manager: Manager, version: string, steps = kSteps) {
  const { rotate } = await code;
  if (!manager.versions.has(version)) manager.begin(version);
  for (const Step of steps)
    await rotate(manager, { Step, SecretId: 'jwt', ClientRequestToken: version });
  return manager.keys();
}

test('a key is believed before it signs, and after', async () => {
  const manager = new Manager({ current: kFirst, previous: '', announced: 'no' });
  const announced = await rotation(manager, 'v1');
  assert.equal(announced.current, kFirst, 'nobody would believe another one yet');
  assert.ok(announced.previous.length >= 32);
  const used = await rotation(manager, 'v2');
  assert.equal(used.current, announced.previous);
  assert.equal(used.previous, kFirst);
  const third = await rotation(manager, 'v3');
  assert.equal(third.current, used.current);
  assert.ok(![kFirst, used.current].includes(third.previous));
});

test('whatever two instances have read last, each believes what the other signs', async () => {
  const manager = new Manager({ current: kFirst, previous: '', announced: 'no' });
  let before = await manager.keys();
  for (let round = 1; round <= 6; ++round) {
    const now = await rotation(manager, `v${round}`);
    for (const [signer, reader] of [[before, now], [now, before]] as const)
      assert.ok([reader.current, reader.previous].includes(signer.current), `rotation ${round}`);
    before = now;
  }
});

test('repeated steps change nothing more', async () => {
  const manager = new Manager({ current: kFirst, previous: '', announced: 'no' });
  const once = await rotation(manager, 'v1', ['createSecret', 'createSecret', ...kSteps]);
  assert.deepEqual(await rotation(manager, 'v1'), once);
});

test('a secret that the program would refuse is not taken into use', async () => {
  const short = new Manager({ current: 'short', previous: '', announced: 'no' });
  await assert.rejects(rotation(short, 'v1'), /at least 32 bytes/);
  const lost = new Manager({ current: kFirst, previous: kFirst, announced: 'yes' });
  await assert.rejects(rotation(lost, 'v1'), /are the same/);
  assert.equal((await lost.keys()).announced, 'yes');
  await assert.rejects(rotation(lost, 'v0-unknown', ['boast']), /no step of a rotation/);
});
