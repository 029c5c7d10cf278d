// Three tables, exactly as the program expects them: `imagify tables print`.
import { RemovalPolicy } from 'aws-cdk-lib';
import type { App } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type { Settings } from './settings';
import { ImagifyStack } from './stack';

const { STRING, NUMBER } = dynamodb.AttributeType;
const text = (name: string) => ({ name, type: STRING });

const kByEmail: dynamodb.GlobalSecondaryIndexPropsV2 = {
  indexName: 'email-index',
  partitionKey: text('email'),
  projectionType: dynamodb.ProjectionType.KEYS_ONLY,
};
const kByUser: dynamodb.GlobalSecondaryIndexPropsV2 = {
  indexName: 'userId-index',
  partitionKey: text('userId'),
  sortKey: text('createdAt'),
};
const kDue: dynamodb.GlobalSecondaryIndexPropsV2 = {
  indexName: 'due-index',
  partitionKey: text('duePk'),
  sortKey: { name: 'dueAt', type: NUMBER },
};
const kList: dynamodb.GlobalSecondaryIndexPropsV2 = {
  indexName: 'list-index',
  partitionKey: text('listPk'),
  sortKey: text('listAt'),
};

export class DatabaseStack extends ImagifyStack {
  readonly usersTable: dynamodb.TableV2;
  readonly transactionsTable: dynamodb.TableV2;
  readonly imagesTable: dynamodb.TableV2;

  constructor(app: App, settings: Settings) {
    super(app, 'ImagifyDatabaseStack', settings);
    this.usersTable = this.table('UsersTable', 'imagify-users', 'userId', [kByEmail, kDue, kList]);
    this.transactionsTable = this.table(
      'TransactionsTable',
      'imagify-transactions',
      'transactionId',
      [kByUser, kDue, kList],
    );
    this.imagesTable = this.table('ImagesTable', 'imagify-images', 'imageId', [kByUser, kDue]);
  }

  /** Every table, in the order of `imagify tables print`. */
  get tables() {
    return [this.usersTable, this.transactionsTable, this.imagesTable];
  }

  private table(
    id: string,
    name: string,
    key: string,
    globalSecondaryIndexes: dynamodb.GlobalSecondaryIndexPropsV2[],
  ) {
    const { phase, secondRegion } = this.settings;
    return new dynamodb.TableV2(this, id, {
      tableName: this.named(name),
      partitionKey: text(key),
      globalSecondaryIndexes,
      billing: dynamodb.Billing.onDemand(),
      timeToLiveAttribute: 'ttl',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      // A key that AWS manages: in the account's own trail, and no bill for each key and request.
      encryption: dynamodb.TableEncryptionV2.awsManagedKey(),
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      replicas: phase === 3 ? [{ region: secondRegion }] : undefined,
    });
  }
}
