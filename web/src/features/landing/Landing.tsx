import { lazy, Suspense, useEffect } from 'react';
import { useLocation } from 'wouter';
import { useLanguage } from '@/i18n';
import { activate, withWords } from '@/i18n/words';
import { Fairness } from './Fairness';
import { Footer } from './Footer';
import { Hero } from './Hero';
import { useLeaving } from './leaving';
import { Prices } from './Prices';
import { Proof } from './Proof';
import { Questions } from './Questions';
import { Steps } from './Steps';

const Goodbye = lazy(() => withWords(['leave'], () => import('./Goodbye')));

/** The front door, in the language of its address. */
export default function Landing() {
  const [pathname] = useLocation();
  const { t, locale } = useLanguage();
  const wanted = pathname === '/en' ? 'en' : 'vi';
  const leaving = useLeaving();
  useEffect(() => {
    if (locale !== wanted) void activate(wanted);
    document.title = t('landing.title');
  }, [locale, wanted, t]);
  return (
    <>
      <Suspense fallback={null}>{leaving && <Goodbye />}</Suspense>
      <Hero />
      <Proof />
      <Steps />
      <Fairness />
      <Prices />
      <Questions />
      <Footer />
    </>
  );
}
