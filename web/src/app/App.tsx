import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { Boundary } from './Boundary';
import { PageSkeleton } from './PageSkeleton';
import { RequireAdmin } from './RequireAdmin';
import { RequireUser } from './RequireUser';
import { pages } from './pages';
import { Shell } from './Shell';

const Landing = lazy(pages.landing);
const SignUp = lazy(pages.signup);
const LogIn = lazy(pages.login);
const ForgotPassword = lazy(pages.forgotPassword);
const ResetPassword = lazy(pages.resetPassword);
const VerifyEmail = lazy(pages.verifyEmail);
const Studio = lazy(pages.studio);
const Gallery = lazy(pages.gallery);
const Billing = lazy(pages.billing);
const PaymentReturn = lazy(pages.paymentReturn);
const OrderResult = lazy(pages.orderResult);
const Receipt = lazy(pages.receipt);
const Console = lazy(pages.console);
const Account = lazy(pages.account);
const Security = lazy(pages.security);
const NotFound = lazy(() => import('./NotFound'));

/** Pages of whoever is signed in. */
const signedIn = [
  ['/gallery/:id?', Gallery],
  ['/billing', Billing],
  ['/billing/result/:id', OrderResult],
  ['/billing/receipt/:id', Receipt],
  ['/account', Account],
  ['/account/security', Security],
] as const;

/** Pages of anybody. */
const open = [
  ['/', Landing],
  ['/en', Landing],
  ['/signup', SignUp],
  ['/login', LogIn],
  ['/forgot-password', ForgotPassword],
  ['/reset-password', ResetPassword],
  ['/verify-email', VerifyEmail],
  ['/studio', Studio],
  ['/payment-result', PaymentReturn],
] as const;

/**
 * Every page of the site. The server answers the same paths with the app and any other with status
 * 404.
 */
export function App() {
  return (
    <Shell>
      <Boundary>
        <Suspense fallback={<PageSkeleton />}>
          <Switch>
            {open.map(([path, Page]) => (
              <Route key={path} path={path}>
                <Page />
              </Route>
            ))}
            {signedIn.map(([path, Page]) => (
              <Route key={path} path={path}>
                <RequireUser>
                  <Page />
                </RequireUser>
              </Route>
            ))}
            <Route path="/console/*?">
              <RequireUser>
                <RequireAdmin otherwise={<NotFound />}>
                  <Console />
                </RequireAdmin>
              </RequireUser>
            </Route>
            <Route>
              <NotFound />
            </Route>
          </Switch>
        </Suspense>
      </Boundary>
    </Shell>
  );
}
