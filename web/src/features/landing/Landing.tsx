import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { useLanguage } from '@/i18n';
import { activate } from '@/i18n/words';
import { Fairness } from './Fairness';
import { Footer } from './Footer';
import { Hero } from './Hero';
import { Prices } from './Prices';
import { Proof } from './Proof';
import { Questions } from './Questions';
import { Steps } from './Steps';

/** The front door, in the language of its address. */
export default function Landing() {
  const [pathname] = useLocation();
  const { t, locale } = useLanguage();
  const wanted = pathname === '/en' ? 'en' : 'vi';
  useEffect(() => {
    if (locale !== wanted) void activate(wanted);
    document.title = t('landing.title');
  }, [locale, wanted, t]);
  return (
    <>
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
