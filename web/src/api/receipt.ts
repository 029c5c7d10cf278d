import { useQuery } from '@tanstack/react-query';
import { call } from './client';

/** The receipt of an own paid order. */
export function useReceipt(id: string) {
  return useQuery({
    queryKey: ['receipt', id],
    queryFn: () => call('get', '/user/transactions/{id}/receipt', { path: { id } }),
  });
}
