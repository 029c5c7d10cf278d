// The deployment report's own bill, line by line, beside what its numbers really come to.
import { costOf } from './model';
import type { Bill, PriceTable } from './model';

export interface ReportLine {
  service: string;
  formula: string;
  /** What the report says. */
  said: number;
  /** The same quantities at the right price. */
  corrected: number;
  wrong: string;
}

const kWrong = {
  lambda:
    'requests only: 5,000 pictures x 15 s x 0.5 GB are 37,500 GB-s; AWS gives 400,000 GB-s and a ' +
    'million requests a month, so the sum is right by luck',
  api: 'the price of us-east-1; Singapore is dearer',
  reads: 'the price is per million, not per thousand: about 900 times too much in Singapore',
  writes: 'the same; and a picture takes 54 write units, not two',
  rows: 'the first 25 GB are free',
  bucket: 'the price of us-east-1; and the pictures pile up until the lifecycle ends',
  cdn: 'the first 1,024 GB are free; Asia would cost $0.12, not $0.085',
  people: 'the first 10,000 active users are free',
};

/** The report's scenario: 1,000 users, 5,000 pictures, 500 payments. */
export function reportLines({ prices }: PriceTable): ReportLine[] {
  const at = (price: string, quantity: number) => costOf(prices[price]!, quantity);
  const work = (10_000 * 0.04 * 256 + 5_000 * 15 * 512 + 500 * 0.04 * 256) / 1024;
  const lambda = at('lambda.requests', 15_500) + at('lambda.gbSecondsX86', work);
  return [
    line('Lambda', '15,500 requests', 0.0071, lambda, kWrong.lambda),
    line('API Gateway', '15,500 x $0.0000035', 0.05425,
      at('apigateway.restRequests', 15_500), kWrong.api),
    line('DynamoDB reads', '20,000 x $0.000125', 2.5,
      at('dynamodb.readUnits', 20_000), kWrong.reads),
    line('DynamoDB writes', '10,000 x $0.000625', 6.25,
      at('dynamodb.writeUnits', 10_000), kWrong.writes),
    line('DynamoDB storage', '1 GB x $0.25', 0.25, at('dynamodb.storage', 1), kWrong.rows),
    line('S3', '10 GB x $0.023', 0.23, at('s3.standard', 10), kWrong.bucket),
    line('CloudFront', '50 GB x $0.085', 4.25, at('cloudfront.transfer', 50), kWrong.cdn),
    line('Cognito', '1,000 x $0.0055', 5.5, at('cognito.lite', 1_000), kWrong.people),
    line('ClipDrop', 'left out', 0, at('clipdrop.pictures', 5_000),
      'the largest line of all, at whatever your contract says'),
  ];
}

const line = (
  service: string,
  formula: string,
  said: number,
  corrected: number,
  wrong: string,
): ReportLine => ({ service, formula, said, corrected, wrong });

/** What the report's bill has no line for, but ours has: [service, dollars], dearest first. */
export function leftOut(bill: Bill): Array<[string, number]> {
  const told = /^(Lambda|API Gateway|DynamoDB|S3|CloudFront|Cognito|ClipDrop)$/;
  const sums = new Map<string, number>();
  for (const { service, usd } of bill.lines)
    if (!told.test(service)) sums.set(service, (sums.get(service) ?? 0) + usd);
  return [...sums].filter(([, usd]) => usd > 0).sort(([, one], [, other]) => other - one);
}
