// A small Secrets Manager: secrets with versions and stages, so that a rotation can be played.
import { randomUUID } from 'node:crypto';
import { openJsonService, ServiceFault } from './json_service.mjs';

const kPrefix = 'arn:aws:secretsmanager:ap-southeast-1:000000000000:secret:';

/** The versions of each secret, newest first; the newest is AWSCURRENT. */
export class Secrets {
  constructor() {
    this.byName = new Map();
  }

  arn(name) {
    return `${kPrefix}${name}-AbCdEf`;
  }

  find(id) {
    const given = String(id ?? '');
    const name = given.startsWith(kPrefix)
      ? given.slice(kPrefix.length).replace(/-[A-Za-z0-9]{6}$/, '')
      : given;
    const versions = this.byName.get(name);
    if (versions) return { name, versions };
    throw new ServiceFault(
      'ResourceNotFoundException',
      "Secrets Manager can't find the specified secret.",
    );
  }

  /** A new current version; the one before becomes AWSPREVIOUS. Creates the secret if need be. */
  put(name, text) {
    const versions = this.byName.get(name) ?? [];
    versions.unshift({ id: randomUUID(), text, createdAt: Date.now() / 1000 });
    this.byName.set(name, versions);
    return { ARN: this.arn(name), Name: name, VersionId: versions[0].id };
  }

  get({ SecretId: id, VersionId: versionId, VersionStage: stage }) {
    const { name, versions } = this.find(id);
    const stages = ['AWSCURRENT', 'AWSPREVIOUS'];
    const at = versionId
      ? versions.findIndex((version) => version.id === versionId)
      : stages.indexOf(stage ?? 'AWSCURRENT');
    const version = versions[at];
    if (!version)
      throw new ServiceFault('ResourceNotFoundException', `${name} has no such version`);
    return {
      ARN: this.arn(name),
      Name: name,
      VersionId: version.id,
      SecretString: version.text,
      VersionStages: stages.slice(at, at + 1),
      CreatedDate: version.createdAt,
    };
  }

  async open(port = 0) {
    return openJsonService({
      operations: {
        CreateSecret: (body) => this.put(body.Name, body.SecretString),
        PutSecretValue: (body) => this.put(this.find(body.SecretId).name, body.SecretString),
        GetSecretValue: (body) => this.get(body),
      },
      controls: { 'PUT /secrets': (body) => this.put(body.name, body.value) },
      port,
    });
  }
}
