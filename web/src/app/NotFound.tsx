import { useSession } from '@/api/session';
import { useLanguage } from '@/i18n';
import { ButtonLink } from '@/ui/Button';
import { Plate } from '@/ui/Plate';
import { usePageTitle } from '@/ui/usePageTitle';

export default function NotFound() {
  const { t, locale } = useLanguage();
  const { user } = useSession();
  usePageTitle(t('notFound.title'));
  return (
    <div className="page flex flex-col items-center py-16 text-center">
      <Plate className="size-44 text-cobalt" />
      <h1 className="mt-8 text-3xl">{t('notFound.title')}</h1>
      <p className="mt-3 max-w-md text-ink-2">{t('notFound.text')}</p>
      <div className="mt-6 flex flex-wrap justify-center gap-3">
        <ButtonLink look="primary" to={user ? '/studio' : locale === 'en' ? '/en' : '/'}>
          {t(user ? 'notFound.studio' : 'notFound.home')}
        </ButtonLink>
        {user && <ButtonLink to="/gallery">{t('nav.gallery')}</ButtonLink>}
      </div>
    </div>
  );
}
