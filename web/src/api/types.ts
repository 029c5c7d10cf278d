import type { components } from './schema';

type Schemas = components['schemas'];
export type User = Schemas['User'];
export type Credits = Schemas['Credits'];
export type Balance = Schemas['Balance'];
export type Plan = Schemas['Plan'];
export type PlanId = Schemas['PlanId'];
export type Order = Schemas['Order'];
export type OrderStatus = Schemas['OrderStatus'];
export type OrderReason = Schemas['OrderReason'];
export type Refund = Schemas['Refund'];
export type Receipt = Schemas['Receipt'];
export type BankCode = NonNullable<Schemas['PayRequest']['bankCode']>;
export type LedgerEntry = Schemas['LedgerEntry'];
export type Picture = Schemas['Image'];
export type AspectRatio = Schemas['AspectRatio'];
export type GenerateRequest = Schemas['GenerateRequest'];
export type Engine = Schemas['Engine'];
export type VnpayReturn = Schemas['VnpayReturn'];
export type AdminSummary = Schemas['AdminSummary'];
export type AdminUser = Schemas['AdminUser'];
export type AdminOrder = Schemas['AdminOrder'];
export type AdminOrderDetail = Schemas['AdminOrderDetail'];
export type GatewayNotice = AdminOrderDetail['notices'][number];
export type Review = Schemas['Review'];
export type ReviewAction = Schemas['SettleRequest']['action'];
export type RefundOutcome = Schemas['CloseRefundRequest']['outcome'];
export type Act = Schemas['Act'];
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
