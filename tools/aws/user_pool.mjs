// A user pool with the brief's password policy and one client with a secret.
import { askJson } from './signed_client.mjs';

/** Creates them at Cognito's gate; {id, clientId, clientSecret}. */
export async function createUserPool(url) {
  const { UserPool: pool } = await askJson(url, 'cognito-idp', 'CreateUserPool', {
    PoolName: 'imagify',
    UsernameAttributes: ['email'],
    AutoVerifiedAttributes: ['email'],
    MfaConfiguration: 'OPTIONAL',
    Policies: {
      PasswordPolicy: {
        MinimumLength: 8,
        RequireLowercase: true,
        RequireUppercase: true,
        RequireNumbers: true,
        RequireSymbols: false,
      },
    },
  });
  const { UserPoolClient: client } = await askJson(url, 'cognito-idp', 'CreateUserPoolClient', {
    UserPoolId: pool.Id,
    ClientName: 'imagify-web',
    GenerateSecret: true,
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    PreventUserExistenceErrors: 'ENABLED',
  });
  return { id: pool.Id, clientId: client.ClientId, clientSecret: client.ClientSecret };
}
