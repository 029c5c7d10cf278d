import type { PlanId } from '@/api/types';
import type { Text } from '@/i18n';

/** A plan's name in the reader's language. */
export const planName = (t: Text, id: PlanId): string => t(`plan.${id}`);
