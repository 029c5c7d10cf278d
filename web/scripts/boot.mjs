/**
 * The script inlined in every page's head, run before the first paint: the chosen colours, and for
 * an app page the preloads of its own chunk, its language, and the first answers it will ask for.
 */
export function bootScript(files, laterEntry) {
  const theme = `try{var t=localStorage.getItem('theme');if(t==='light'||t==='dark')document.documentElement.dataset.theme=t}catch(e){}`;
  if (laterEntry) {
    // A front page is complete without script: the app comes when the pictures are there.
    return `${theme}\naddEventListener('load',function(){import('${laterEntry}')})`;
  }
  const preload = `(function(m,p){var k=p.replace(/^\\/|\\/$/g,''),f=m[k]||m[k.replace(/\\/[^\\/]*$/,'')]||[];
document.documentElement.dataset.page=k;
function add(r,h,a){var l=document.createElement('link');l.rel=r;l.href=h;l.crossOrigin='';if(a)l.as=a;document.head.appendChild(l)}
f.forEach(function(h){add('modulepreload',h)});add('preload','/auth/session','fetch')})(${JSON.stringify(files)},location.pathname)`;
  return `${theme}\n${preload}`;
}
