import { useLanguage } from '@/i18n';
import { signupCredits } from '@/ui/facts';
import { ButtonLink } from '@/ui/Button';
import { Mark } from '@/ui/Mark';

export function Footer() {
  const { t, locale } = useLanguage();
  return (
    <footer className="waves text-on-glaze">
      <div className="bg-glaze/85">
        <div className="page flex flex-col items-start gap-6 py-16 md:flex-row md:items-end md:justify-between">
          <div>
            <p className="max-w-xl font-display text-3xl font-semibold text-balance sm:text-4xl">
              {t('footer.call', { gift: signupCredits })}
            </p>
            <ButtonLink look="glaze" to="/signup" className="mt-6 px-6!">
              {t('footer.signup')}
            </ButtonLink>
          </div>
          <p className="flex items-center gap-3 text-on-glaze-2">
            <Mark className="size-8" />
            <a
              href={locale === 'vi' ? '/en' : '/'}
              lang={locale === 'vi' ? 'en' : 'vi'}
              className="flex min-h-11 items-center px-2 text-on-glaze"
            >
              {t('footer.otherLanguage')}
            </a>
          </p>
        </div>
      </div>
    </footer>
  );
}
