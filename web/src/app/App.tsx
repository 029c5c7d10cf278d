import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { Boundary } from './Boundary';
import { PageSkeleton } from './PageSkeleton';
import { RequireUser } from './RequireUser';
import { pages } from './pages';
import { Shell } from './Shell';

const Landing = lazy(pages.landing);
const SignUp = lazy(pages.signup);
const LogIn = lazy(pages.login);
const Studio = lazy(pages.studio);
const Gallery = lazy(pages.gallery);
const Billing = lazy(pages.billing);
const PaymentReturn = lazy(pages.paymentReturn);
const OrderResult = lazy(pages.orderResult);
const Account = lazy(pages.account);
const NotFound = lazy(() => import('./NotFound'));

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
            <Route path="/">
              <Landing />
            </Route>
            <Route path="/en">
              <Landing />
            </Route>
            <Route path="/signup">
              <SignUp />
            </Route>
            <Route path="/login">
              <LogIn />
            </Route>
            <Route path="/studio">
              <Studio />
            </Route>
            <Route path="/gallery/:id?">
              <RequireUser>
                <Gallery />
              </RequireUser>
            </Route>
            <Route path="/billing">
              <RequireUser>
                <Billing />
              </RequireUser>
            </Route>
            <Route path="/payment-result">
              <PaymentReturn />
            </Route>
            <Route path="/billing/result/:id">
              <RequireUser>
                <OrderResult />
              </RequireUser>
            </Route>
            <Route path="/account">
              <RequireUser>
                <Account />
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
