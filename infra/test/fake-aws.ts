// What ./run deploy asks of AWS before it builds: STS and CloudFormation, on this machine.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after } from 'node:test';

export interface FakeAccount {
  /** An error of STS instead of an answer. */
  refusal?: string;
  /** Names of stacks, with what they put out. */
  stacks: Record<string, Record<string, string>>;
  /** Everything that was asked. */
  asked: string[];
}

const error = (code: string, message: string) =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message>` +
  '</Error><RequestId>r</RequestId></ErrorResponse>';

function stack(name: string, outputs: Record<string, string>) {
  const members = Object.entries(outputs).map(
    ([key, value]) =>
      `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  );
  return `<DescribeStacksResponse><DescribeStacksResult><Stacks><member>
    <StackName>${name}</StackName><StackStatus>CREATE_COMPLETE</StackStatus>
    <CreationTime>2026-01-01T00:00:00Z</CreationTime><EnableTerminationProtection>true</EnableTerminationProtection>
    <Outputs>${members.join('')}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
}

function answer(account: FakeAccount, words: URLSearchParams): [number, string] {
  const name = words.get('StackName') ?? '';
  account.asked.push([words.get('Action'), name].filter(Boolean).join(' '));
  switch (words.get('Action')) {
    case 'GetCallerIdentity':
      if (account.refusal) return [403, error(account.refusal, 'not you')];
      return [
        200,
        '<GetCallerIdentityResponse><GetCallerIdentityResult>' +
          '<Arn>arn:aws:iam::111122223333:user/an</Arn><UserId>AIDA</UserId>' +
          '<Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
      ];
    case 'DescribeStacks':
      if (!account.stacks[name])
        return [400, error('ValidationError', `Stack with id ${name} does not exist`)];
      return [200, stack(name, account.stacks[name])];
    default:
      return [400, error('InvalidAction', 'not of this fake')];
  }
}

/** Listens until the tests of the file are over; gives its address. */
export async function fakeAws(account: FakeAccount): Promise<string> {
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const [status, body] = answer(account, new URLSearchParams(Buffer.concat(pieces).toString()));
      response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  after(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
