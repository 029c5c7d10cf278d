// The SDK is part of Lambda's Node.
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { rotate } from './rotation.mjs';

const manager = new SecretsManager();

export const handler = (event) => rotate(manager, event);
