// Changes the key that signs sessions, and signs nobody out. Secrets Manager runs this in steps
// (createSecret, setSecret, testSecret, finishSecret); a step may be repeated.
//
// Instances of the program learn of a change minutes apart, and one that has not yet would refuse
// what another signs. So a rotation only announces the next key, as one that is believed, and the
// rotation after it takes that key into use. The old key is believed until the next announcement.
import { randomBytes } from 'node:crypto';

const kMinBytes = 32;

const newKey = () => randomBytes(48).toString('base64url');

/** What follows {current, previous, announced}. */
export function next({ current, previous, announced }, makeKey = newKey) {
  if (typeof current !== 'string' || current.length < kMinBytes)
    throw new Error(`the secret has no text "current" of at least ${kMinBytes} bytes`);
  return announced === 'yes'
    ? { current: previous, previous: current, announced: 'no' }
    : { current, previous: makeKey(), announced: 'yes' };
}

/** What the program would refuse to start with. */
export function complaintOf({ current, previous }) {
  if (!(current?.length >= kMinBytes)) return `"current" has fewer than ${kMinBytes} bytes`;
  if (!(previous?.length >= kMinBytes)) return `"previous" has fewer than ${kMinBytes} bytes`;
  if (current === previous) return '"current" and "previous" are the same';
  return undefined;
}

/** `manager` has the calls of Secrets Manager by name: describeSecret, getSecretValue, ... */
export async function rotate(manager, { Step, SecretId, ClientRequestToken }) {
  const { VersionIdsToStages: stages = {} } = await manager.describeSecret({ SecretId });
  const labels = stages[ClientRequestToken];
  if (!labels) throw new Error(`version ${ClientRequestToken} is none of this secret`);
  if (labels.includes('AWSCURRENT')) return; // Done before.
  const read = async (selection) =>
    JSON.parse((await manager.getSecretValue({ SecretId, ...selection })).SecretString);
  const pending = { VersionId: ClientRequestToken, VersionStage: 'AWSPENDING' };
  switch (Step) {
    case 'createSecret': {
      const begun = await read(pending).catch((error) => {
        if (error.name !== 'ResourceNotFoundException') throw error;
      });
      if (begun) return; // A second key would replace one that was announced.
      const value = next(await read({ VersionStage: 'AWSCURRENT' }));
      await manager.putSecretValue({
        SecretId,
        ClientRequestToken,
        SecretString: JSON.stringify(value),
        VersionStages: ['AWSPENDING'],
      });
      return;
    }
    case 'setSecret':
      return; // The program reads it itself.
    case 'testSecret': {
      const complaint = complaintOf(await read(pending));
      if (complaint) throw new Error(complaint);
      return;
    }
    case 'finishSecret': {
      const [from] = Object.entries(stages).find(([, all]) => all.includes('AWSCURRENT')) ?? [];
      await manager.updateSecretVersionStage({
        SecretId,
        VersionStage: 'AWSCURRENT',
        MoveToVersionId: ClientRequestToken,
        RemoveFromVersionId: from,
      });
      return;
    }
    default:
      throw new Error(`${Step} is no step of a rotation`);
  }
}
