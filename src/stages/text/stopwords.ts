// Words that carry little of a text's subject: articles, pronouns, prepositions, conjunctions, auxiliary verbs and what goes with them.
// In English with the forms that are left of contractions when their apostrophes have been taken out, unless they are words of their own.
const english = `a about above after again against all also am an and any are aren't as at be because been before being below between both but by
can can't cannot could couldn't did didn't do does doesn't doing don't down during each either else ever every few for from further had hadn't has
hasn't have haven't having he he'd he'll he's her here here's hers herself him himself his how how's i i'd i'll i'm i've if in into is isn't it it'd
it'll it's its itself just let's may me might mightn't more most must mustn't my myself needn't neither no nor not of off on once only or other ought
our ours ourselves out over own same shall shan't she she'd she'll she's should shouldn't so some such than that that'll that's the their theirs them
themselves then there there's these they they'd they'll they're they've this those through to too under until up upon us very was wasn't we we'd we'll
we're we've were weren't what what's when when's where where's whether which while who who's whom whose why why's will with won't would wouldn't yet
you you'd you'll you're you've your yours yourself yourselves
arent couldnt didnt doesnt dont hadnt hasnt havent hes im isnt ive mightnt mustnt neednt shes shouldnt thats theres theyd theyll theyre theyve wasnt
werent weve whats wheres whos wouldnt youd youll youre youve`;

const german = `aber alle allem allen aller alles als also am an andere anderem anderen anderer anderes auch auf aus bei beim bin bis bist da dabei
dadurch dafür dagegen damit danach dann daran darauf daraus darin darüber darum das dass dasselbe dazu dein deine deinem deinen deiner deines dem
demselben den denn denselben der deren derer derselbe derselben des desselben dessen dich die dies diese dieselbe dieselben diesem diesen dieser dieses
dir doch dort du durch ein eine einem einen einer eines einige einigem einigen einiger einiges einmal er es etwas euch euer eure eurem euren eurer eures
für gegen gewesen hab habe haben habt hat hatte hatten hattest hattet hast hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im in indem
ins ist jede jedem jeden jeder jedes jene jenem jenen jener jenes jetzt kann kannst kein keine keinem keinen keiner keines können könnt könnte könnten
machen man manche manchem manchen mancher manches mein meine meinem meinen meiner meines mich mir mit muss musst musste müssen müsst nach nein nicht
nichts noch nun nur ob oder ohne sehr sein seine seinem seinen seiner seines seit selbst sich sie sind so solche solchem solchen solcher solches soll
sollen sollte sollten sondern sonst über um und uns unser unsere unserem unseren unserer unseres unter viel vom von vor während war waren warst was weg
weil weiter welche welchem welchen welcher welches wenn wer werde werden wie wieder will wir wird wirst wo wollen wollte wurde wurden würde würden zu zum
zur zwar zwischen`;

const french = `à ai aie aient aies ait alors as au aucun aucune aura aurai auraient aurais aurait auras aurez auriez aurions aurons auront aussi autre
autres aux avaient avais avait avant avec avez aviez avions avoir avons ayant ayez ayons c ça car ce ceci cela celle celles celui cependant ces cet cette
ceux chaque chez ci comme comment d dans de depuis des donc dont du elle elles en encore entre es est et étaient étais était étant été êtes étiez étions
être eu eue eues eurent eus eut eux fait font fus fut furent ici il ils j je jusqu l la là laquelle le lequel les lesquelles lesquels leur leurs lui m ma
mais me même mêmes mes moi moins mon n ne ni non nos notre nôtre nôtres nous on ont or ou où par parce pas pendant peu peut plus pour pourquoi qu quand
que quel quelle quelles quels qui quoi s sa sans se sera serai seraient serais serait seras serez seriez serions serons seront ses si sien sienne siennes
siens soi soient sois soit sommes son sont sous soyez soyons suis sur t ta tandis te tel telle telles tels tes toi ton tous tout toute toutes très tu un
une vers voici voilà vos votre vôtre vôtres vous y`;

const spanish = `a al algo algún alguna algunas alguno algunos ambos ante antes aquel aquella aquellas aquello aquellos aquí así aún aunque bajo bien cada
casi como cómo con contra cual cuál cuales cuáles cualquier cuando cuándo cuanto cuánto de del desde donde dónde dos durante e el él ella ellas ellos en
entonces entre era erais eran eras éramos eres es esa esas ese eso esos esta está estaba estaban estabas estábamos estado estamos están estar estará
estas estás este esté esto estos estoy estuve estuvo fue fuera fueron fui fuimos ha había habían habías habíamos haber habrá habría han has hasta hay he
hemos hube hubo la las le les lo los más me mi mí mía mías mientras mío míos mis misma mismas mismo mismos mucha muchas mucho muchos muy nada ni ningún
ninguna ninguno no nos nosotras nosotros nuestra nuestras nuestro nuestros o os otra otras otro otros para pero poco por porque pues que qué quien quién
quienes quiénes se sea sean según ser será serán sería si sí sido siempre siendo sin sino sobre sois sólo solo somos son soy su sus suya suyas suyo suyos
también tampoco tan tanto te tenemos tener tengo ti tiene tienen tienes toda todas todavía todo todos tu tú tus tuve tuvo tuya tuyas tuyo tuyos u un una
unas uno unos usted ustedes vosotras vosotros vuestra vuestras vuestro vuestros y ya yo`;

export const stopwords = { english, french, german, spanish } as const;
export type StopwordLanguage = keyof typeof stopwords;

/** The list of a language, in lower case. */
export const stopwordsOf = (language: StopwordLanguage): string[] => stopwords[language].split(/\s+/);
