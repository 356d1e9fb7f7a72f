// Written by scripts/ordinary-words.ts from the documentation of Debian 12 (/usr/share/doc): the 9000 words that most of its
// documents have. Words alone; no text of any source.
const WORDS = `
aa aaron ab abandoned abbreviate abbreviated abbreviation abbreviations abc abel abi abilities ability able abnormal
abnormally abort aborted aborting aborts about above abrupt abruptly abs absence absent absolute absolutely abstract
abstraction abuse abusive ac accelerate accelerated acceleration accelerator accent accept acceptable accepted
accepting accepts access accessed accesses accessibility accessible accessing accesskey accessor accessors accident
accidental accidentally accommodate accompanying accomplish accomplished accordance according accordingly account
accounting accounts accumulate accumulated accuracy accurate accurately achieve achieved achieving ackermann
acknowledge aclocal acorn acquire acquired acquisition acronym across act action actions activatable activate
activated activates activating activation active actively activities activity acts actual actually ad ada adam adams
adapt adapted adapter adapting adapts add added adding addition additional additionally additions addon addons addr
address addressable addressed addresses addressing addrinfo adds addtion adduser adequate adequately adhere adheres
adieu adjacent adjust adjusted adjusting adjustment adjustments adjusts adler admin administration administrative
administrator administrators admonition adobe adopt adopted adopters adoption adri adrian advance advanced advances
advancing advantage advantageous advantages adventurous adversely advertise advertised advertisement advertises
advertising advice advisable advise advised advisory adwaita aes af affect affected affecting affects affinity
aforementioned afrikaans after aftertaste afterwards again against age agent agents aggarwal aggregate aggressive
aggressively agnostic ago agree agreed agreement ahead ahmed aid aim aimed aims aix aka akin akio akira al alan alarm
alarming alastruey alba alban albanian albeit albert alberto alejandro aleksey alert alerts alex alexander alexandre
alexandru alexey alexis alfarano algo algorithm algorithmic algorithms ali alias aliased aliases aliasing align
aligned alignment alignments aligns alike alink alive all allen allium alloc alloca allocate allocated allocates
allocating allocation allocations allocator allocators allow allowable allowed allowing allows almost alone along
alongside alpha alphabet alphabetic alphabetical alphabetically alphas already also alt alter altered altering
alternate alternates alternative alternatively alternatives alters although altogether always am ambiguity ambiguous
amend amended amending american amiga amit among amount amounts amp ampersand amplification an analogous analysis
analyze analyzer analyzers analyzing ancell ancestor ancestors ancestry anchor anchors ancient ancillary and anders
andersen anderson andersson andika andoni andr andrade andre andrea andreas andrei andreoli andres andrew andrey
andries android andy angle animation animations anna annex annotate annotated annotation annotations announce
announced announcement announcements annoying anonymous another answer answered answering answers anthony antoine
anton antonio any anybody anyhow anymore anyone anything anyway anywhere apache apart api apis apostrophe app apparent
apparently appear appearance appeared appearing appears append appended appending appendix appends apple applet
applicable application applications applied applies apply applying appreciate appreciated approach approaches
approaching appropriate appropriately approval approvals approve approved approxidate approximate approximated
approximately approximation apps apr april apropos apt ar arabic aragonese araujo arbitrarily arbitrary arboleda arc
arch architectural architecture architectures archive archived archiver archives archs arcs are area areas aren arenas
ares arg argc argparse args arguably argument arguments argv arial arise arises arithmetic arjan arkadiusz arm
armenian army arnaud arnout around arrange arranged arrangement array arrays arrive arrived arrives arriving arrow
arrows art arthur article articles artifact artifacts artificial artificially artistic arun as asan ascii asciidoc
asciidoctor ash asian aside ask asked asking asks asm aspect aspects asprintf assamese assembler assembly assert
assertion assertions asserts assess assessments assets assign assigned assigning assignment assignments assigns assist
assistance associate associated associates associating association assorted assuan assume assumed assumes assuming
assumption assumptions ast astals asterisk asturian asymmetric async asynchronous asynchronously at atallah atexit
atime atk atom atomic atomically atoms attach attached attaches attaching attachment attachments attack attacker
attackers attacks attempt attempted attempting attempts attention attila attr attribute attributes audience audio
audit audited auditing aug augdal augie augment augmented august aurelien austin auth authenticate authenticated
authenticating authentication authenticity author authored authoritative authorities authority authorization
authorizations authorized authors authorship auto autobuilders autocompletion autoconf autodetect autodetected
autodetection autogen autogenerated autolaunch autolaunching automagically automake automate automated automates
automatic automatically automation automount autoreconf autostart autotools auxiliary avahi availability available
average avoid avoidance avoided avoiding avoids await awaiting awaits aware awareness away awesome awk awkward axel
axes axis ba bacher back backed backend backends background backgrounded backhouse backing backlog backport backported
backporters backporting backports backpressure backslash backslashes backspace backtick backticks backtrace backtraces
backup backups backward backwards bad badge badly bag bail baker bal balance balint ball balloon balyasnyy bandwidth
bar barbato bare barf barfed barnab barns baron barrier bars bartosz base based baseline basename bases bash bashism
basic basically basics basile basis basque bassi bastien batch battery baz bb bc bcp bcrypt be bearing became because
becker become becomes becoming bedford beef been beep bees beetles before beforehand began begin beginning beginnings
begins behalf behanw behave behaved behaves behaving behavior behaviors behaviour behdad behind being bel belanger
belarusian belder believe believed believes bell bells belmonte belong belonging belongs below ben bench benchmark
benchmarking benchmarks benedikt beneficial benefit benefits bengali benie benign benjamin benson berg bergstr
berkeley bernhard berry bert bertrand besides best beta beth better between bevenius beware beyond bfd bg bgcolor bidi
bidirectional biebl biedl big bigger biggest bigint bigonville bill bin binaries binary bind binding bindings bindir
binds binutils bischoff bisect bisection bison bit bite bitmap bitmaps bitmask bits bitwise bj bjam bjorn bl black
blake blame blanchard blank blanks blindly blkid blob blobs block blocked blocking blocks blog blow blowfish bluca
blue bluetooth blundell blur bn bnoordhuis bnvc bo boar board boards boasts bob boccassi bodies body boender bogus
boilerplate bokm bold bom bomb bonjour book bookmarks books bookworm bool boolean booleans boost boot booth booting
bootstrap bootstrapped bootstrapping border borders borelli borins borrow borrowed borrows bosnian boston bot botched
both bother bottom bound boundaries boundary bounded bounding bounds bourne box boxed boxes br brabec brace braces
bracket brackets brad bradley branch branches branching brand brandon brazilian bread break breakage breakages
breakfast breaking breakpoint breakpoints breaks brendan brent breton brett brevity brian brick bridge bridgewater
brief briefly brightness bring bringing brings british broadcast broadly broke broken brotli brought brouwer browing
brown browse browser browsers browsing broyer bruce bruno bryan bs bsd bt btrfs bubble bubbles buenos buf buffer
buffered buffering buffers bug bugfix bugfixes buggy bugreport bugs bugzilla build buildable builddir builder builders
building builds built builtin builtins bukarewicz bulgarian bulk bullet bullseye bump bumped bumping bumps bunch
bundle bundled bundles bundling bunk bur burden burton bus busconfig busctl buses business buster bustle busy but
button buttons by bypass bypasses bypassing byte bytes bytestrings ca cabbage cache cached caches caching cairo
calculate calculated calculates calculating calculation calculations calendar calibration call callable callback
callbacks called caller callers callgrind calling calloc calls calvin came camellia cameron campagna campailla can
canary cancel canceled cancellable cancellation cancelled cancelling cancels candidate candidates cannot canonical
canonicalize canyon cap capabilities capability capable capacity capital capitalization capitalize capitalized caplan
caps caption capture captured captures capturing caramel carbery card cards care careful carefully careless cares
caret carl carlo carlos carneiro carnivorous carriage carried carries carry carrying carsten cascade cascading case
cases casing cast casting casts cat catalan catalog catalogs catalogues catch catches catching categories categorized
category cater caught cause caused causes causing caution caveat caveats cavok cb cc ccache cctest cd cdrom ce cedric
ceil cell cellpadding cells cellspacing center centered central centralize centralized century cert certain certainly
certdata certificate certificates certification certifications certs cf cflags cgit cgroup ch chagaev chain chained
chaining chains challenge challenges chan chance chances change changeable changed changelog changelogs changes
changing changwoo channel channels chapter char character characters charge charles charlie chars charset chat chatty
chauhan chdir cheap check checkbox checked checker checkers checking checkout checks checksum checksums cheers cheeses
chen cheng chengwei chengzhong cherry cheung chigozirim child children chin china chinese chmod cho choice choices
choke choked choose chooser chooses choosing chop chopped chornoivan chose chosen chown chris christian christoph
christophe christopher chroma chrome chrominance chromium chroot chroots chu chukwu chunk chunked chunks ci cid cinfo
cipher ciphers ciphertext circle circular circumstances cisco citispeed cjihrig cjpeg cjs cjwatson ck cl claessens
claim claimed claiming claims clamp clang clarification clarifications clarified clarify clarity clark clarke clasen
clash clashes class classes classic classical classification classified classify claudio clause clean cleaned cleaner
cleaning cleanly cleans cleanup cleanups clear cleared clearer clearing clearly clears cleartext clemens clever cli
click clickable clicked clicking clicks client clients clip clipboard clipped clipping clobber clobbered clock clocks
clone cloneable cloned clones cloning close closed closely closer closes closest closing closure closures cloud
cluster clusters clutter cmake cmap cmd cmdline cmp cmsg co coalesce coalescing coccinelle code codebase codec codecs
coded codename codepage codepath codepaths codepoints codes coding coe coefficient coefficients coerce coerced
coercion coherent col colin collabora collaborative collaborator collaborators collate collation collect collected
collecting collection collections collector collects collide collin collina collision collisions colon colons color
colored coloring colorize colormap colormapped colormaps colors colorspace colorspaces colour coloured cols column
columns com combination combinations combine combined combines combining combo come comes comfortable coming comm
comma command commandline commands commas comment commented commenting comments commercial commit commiting commits
committed committee committer committing common commonjs commonly commons communicate communicating communication
communications communities community comp compact compactly companion company comparable compare compared compares
comparing comparison comparisons compat compatibility compatible competing competition compilable compilation
compilations compile compiled compiler compilers compiles compiling complain complained complaining complains
complaint complaints complement complements complete completed completely completeness completer completes completing
completion completions complex complexity compliance compliant complicated complies comply component components
compose composed composite composited compositing composition compound comprehensive compress compressed compresses
compressing compression compressor compromise computation computations compute computed computer computers computes
computing concat concatenate concatenated concatenating concatenation concept concepts conceptually concern concerned
concerning concerns concise conclude concluding concrete concurrency concurrent concurrently condition conditional
conditionally conditionals conditions conduct cone conf conffile confidence confidential config configs configurable
configuration configurations configure configured configures configuring confirm confirmation confirmed confirming
conflict conflicted conflicting conflicts conform conformance conformant conforming conforms confuse confused confuses
confusing confusingly confusion conjunction connect connectable connected connecting connection connections
connectivity connects connor conquistador cons consecutive consensus consequence consequences consequently
conservative consider considerable considerably consideration considerations considered considering considers consist
consistency consistent consistently consisting consists console consolidate consolidated consortium const constant
constantly constants constness constrain constrained constrains constraint constraints construct constructed
constructing construction constructor constructors constructs consult consulted consulting consume consumed consumer
consumers consumes consuming consumption contact contacted contacting contacts contain contained container containers
containing contains content contention contents context contextify contexts contextual contiguous continually
continuation continuations continue continued continues continuing continuous continuously contract contrary contrast
contrib contribute contributed contributing contribution contributions contributor contributors control controllable
controlled controller controllers controlling controls controversy convenience convenient conveniently convention
conventional conventions converse conversely conversion conversions convert converted converter converters converting
converts convex convey convinced cook cookie cookies cooper coopersmith coordinate coordinated coordinates
coordination copa cope copes copied copies copper copy copying copyright copyrighted copyrights core coredumps
corepack cores coreutils cork cornea corner corners corporate corporation corpus correct corrected correcting
correction corrections correctly correctness corrects correspond corresponding corresponds corretg corrigendum corrupt
corrupted corrupting corruption corrupts cos cosimo cosmetic cost costa costly costs could couldn count countdown
counted counter counterpart counterparts counters counting countries country counts couple coupled course cover
coverage covered covering coverity covers cox cp cpan cpp cpplint cptpcrd cpu cpus cr crafted craig crash crashed
crasher crashes crashing crc create created creates creating creation creator credential credentials credit credits
crept crequy crha crimean cristian criteria critical crlf croatian cron cronburg cross crossing crozat crucial cruft
crypt cryptic crypto cryptographic cryptography cs csh css csv ctime ctor ctrl ctx cube culprit cumbersome cumulative
cups curl curly currency current currently curses cursor cursors curve curves custom customizable customization
customize customized customizing cut cutting cv cvs cvsimport cvsserver cwd cy cyborgs cycle cycles cyclic cycling
cygwin cyrillic cze czech da daemon daemonizing daemons dagobert daijiro daily dallu dam damage damaged damages damien
dan danger dangerous dangling daniel daniele danielle danilo danish danny darin dark darkly darren darshan darwin dash
dashed dashes data database databases datadir datagram datatype date dates datetime dave david davis dawes dawid
dawson day daylight days db dbus dc dcommit dd de deactivate deactivates dead deadlock deadlocks deal dealing dealings
deallocate deallocation deals deb debconf debhelper debian debug debuggability debuggable debugger debuggers debugging
debuginfo debuglog dec december decent decide decided decides deciding decimal decimals decipher decision decisions
declaration declarations declare declared declares declaring decline decode decoded decoder decoders decodes decoding
decomposed decompress decompressed decompressing decompression decompressor decoration decorations decrease decreasing
decrement decrements decrypt decrypted decrypting decryption dedicated deemed deep deeper deepika deeply deer def
default defaulted defaulting defaults defeat defeats defect defects defer deferred define defined defines defining
definitely definition definitions definitive deflake deflate deflation defs degradation degraded degree degrees deinit
del delay delayed delays delegate delegated delerium delete deleted deletes deleting deletion deletions deliberate
deliberately delimit delimited delimiter delimiters deliver delivered delivering delivers delivery delta deltas demand
demanding demo demonstrate demonstrated demonstrates demonstrating demos demoted den denial denied denis dennis denote
denoted denotes denoting deny dep depend depended dependence dependencies dependency dependent depending depends
deployed deployment deployments deprecate deprecated deprecates deprecating deprecation deprecations deps depth depths
der deref dereference dereferenced dereferences dereferencing derek derivation derivative derivatives derive derived
derives deriving des desc descend descendant descendants descending descent describe described describes describing
description descriptions descriptive descriptor descriptors deserialize deserialized design designated designation
designed designer designing desirable desire desired desktop despite dest destination destinations destroy destroyed
destroying destroys destruction destructor destructors destructuring detach detached detaches detail detailed
detailing details detect detected detecting detection detector detects determination determine determined determines
determining deterministic detrimental dev devel develop developed developer developers developing development devhelp
device devices df dgram dh dhclient dhparam di dia diagnose diagnosed diagnoses diagnosing diagnosis diagnostic
diagnostics diagram dialect dialog dialogs dickinson dict dictionaries dictionary did didn die died diego dies diff
differ difference differences different differentiate differently differing differs difficult difficulties difficulty
diffs diffstat difftool digest digests digit digital digits dimensional dimensions dimitri dimitris dir direct
directed direction directions directive directives directly directories directory directs dirent dirfd dirmngr dirname
dirs dirty disable disabled disables disabling disallow disallowed disallows disambiguate disambiguating
disambiguation disappear disappeared disappears disassembly discard discarded discarding discards disclaimer
disclosure disconnect disconnected disconnecting disconnection disconnects discourage discouraged discover
discoverable discovered discovering discovers discovery discoving discrepancy discrete discuss discussed discusses
discussing discussion discussions disingenuous disk disks dispatch dispatched dispatching display displayed displaying
displays disposal dispose dist distance distances distant distcheck distclean distinct distinction distinguish
distinguished distinguishes distinguishing distribute distributed distributes distributing distribution distributions
distributors distro distros distrusts distutils dither dithering ditto div diverge diverged diverse divide divided
dividing division divisor djpeg dkg dlerror dll dlopen dmitri dmitriy dmitry dnf dnotify dns do dobro dobry doc
docbook docdir docfix docker docs docstring doctool doctype document documentation documentations documentaton
documented documenting documents does doesn doing doko dollar dom domain domains domenico don done dont door dot dots
dotted double doubled doubles doubling doubt doug douglas down downgrade download downloaded downloading downloads
downsampling downside downstream downwards doxygen dozen dpi dpkg dpy dr draft drag dragon drain dramatically
drastically draw drawable drawback drawing drawn draws dric drift drill drive driven driver drivers drives drop
dropdown dropped dropping drops dst dtrace du dual ducktype dudemaine due duin dumb dummy dump dumped dumping dumps
duncan dup duplex duplicate duplicated duplicates duplicating duplication duration durations during dutch dx dy dying
dynamic dynamically dywan dz dzie each eager eagerly earley earlier early ease easier easiest easily easy eavesdrop
eavesdroppers eavesdropping ec echo echoing eco ecosystem ed edge edges edit editable edited editing edition editor
editors edits eduard educational edward ee ef effect effective effectively effects efficiency efficient efficiently
effort efforts eg egg eggert egrep ehresman eight either el elaborate elapsed elapses elected electron electronics
element elementary elements elevated elfutils eligible eliminate eliminated eliminates eliminating elite elliot
elliott ellipses ellipsis elliptic ellis elp else elsewhere elstner em emacs email emailing embed embeddable embedded
embedder embedding embeds emeriti emeritus emilio emission emit emits emitted emitter emitting emmanuel emmanuele
emoji empathy emphasis emphasize employed employer employing emptied empty emptying emulate emulated emulates
emulating emulation emulator emulators en enable enabled enables enabling enc encapsulated encapsulates enclose
enclosed enclosing encode encoded encoder encodes encoding encodings encounter encountered encountering encounters
encourage encouraged encourages encrypt encrypted encrypting encryption encrypts end ended endian endianess endianness
endif ending endings endless endpoint ends energy enforce enforced enforcement enforces enforcing engelen engine
engineering engines english enhance enhanced enhancement enhancements enjoy enough ensure ensures ensuring enter
entered entering enterprise enters entire entirely entirety entities entity entries entropy entry enum enumerable
enumerate enumerated enumerating enumeration enumerations enums env environment environments envvar eo eol ephemeral
epoch epoll equal equality equally equals equipment equivalence equivalent equivalents era erase eric erik err errata
errno erroneous erroneously error errored errors es esc escalation escape escaped escapes escaping esfahbod eslint esm
especially esperanto essence essential essentially establish established establishes establishing estienne estimate
estimated estimation estonian et etc etch ethernet etw eu eugene euro eval evaluate evaluated evaluates evaluating
evaluation evan evanlucas evans even event eventfd events eventually ever every everybody everyone everything
everywhere evgeny evidence evil evolution evolve ex exact exactly examination examine examined examining example
examples exceed exceeded exceeding exceeds excellent except exception exceptional exceptions excess excessive
excessively exchange exchanged exchanges exclude excluded excludes excluding exclusion exclusive exclusively
exclusivly exec executable executables execute executed executes executing execution executions execve exercise
exhaust exhausted exhausting exhaustion exhaustive exhibit exist existed existence existent existing exists exit
exited exiting exits exotic exp expand expanded expanding expands expansion expansions expat expect expectation
expectations expected expecting expects expendable expense expensive experience experiment experimental experiments
expert expiration expire expired expires expiry explain explained explaining explains explanation explanations
explanatory explicit explicitely explicitly explictly exploit exploitable exploited exploits exponent exponential
exponentiation export exported exporting exports expose exposed exposes exposing exposure exposures expr express
expressed expressing expression expressions exslt ext extend extended extending extends extensible extension
extensions extensive extensively extent extents extern external externally extra extract extracted extracting
extraction extractor extracts extraneous extras extreme extremely eye fa fabian fabrice face faces facilitate
facilitates facilities facility facing fackler fact factor factors factory factual fahnestock fail failed failing
fails failure failures fair fairly faith faithfully fake faked fakeroot fall fallback fallbacks falling fallocate
falls false falsely falsy familiar families family fan fancy faq far farias fashion fast faster fastest fat fatal
fault faults faulty favor favorite favour fchmod fchown fclose fcntl fd fds fear feature features feb february fed
federico fedor fedora fee feed feedback feeding feeds feel fees fei felipe felix fell feng fergeau fernando ferreira
fetch fetched fetches fetching few fewer ff ffd fflush fg fgets fgrep fi fiddaman field fields fifo fifth
fifthhorseman figure figures file filehandle filename filenames files filesystem filesystems filetype filio filip fill
filled filling fills filter filtered filtering filters final finalization finalize finalized finally find finding
findings finds findutils fine finer fingerprint fingerprints fingers finish finished finishes finishing finite finnish
fips fire fired firefox firewall firewalls firmly firmware first firstly fischer fisher fit fits fitzsimmons five fix
fixed fixes fixing fixture fixtures fixup fixups flag flagged flags flakiness flaky flapjack flash flat flatpak
flatten flattened flavor flavors flavour flaw flawed flaws flex flexibility flexible flight flip float floating floats
flock flood flooded flooding floor floppy florian flow flowing flush flushed flushes flushing fly flying fmt fn
fnmatch fo focus focused focusing fold folded folder folders folding folks follow followed following follows followup
font fontaine fontconfig fontenelle fonts foo foobar foods fooled footer footprint fopen for forbid forbidden
forbidding forbids force forced forces forcibly forcing foreach foreground foreign forever forged forget forgot
forgotten fork forked forking forks form formal formally format formats formatted formatter formatters formatting
formed former formerly forming forms formula formulating forrest forth forthcoming fortran fortunately forum forward
forwarded forwarding forwards found foundation four fourth fp fprintf fr fraction fractional fragment fragmentation
fragments frame framebuffer frames framework frameworks framing fran francesco franciosi francis francisco frank
franklin fread frederic fredrik free freebsd freed freedesktop freedom freeing freelist freely frees freeze freezing
french frequency frequent frequently fresh freshly frexp fri fribidi friendly friends friulian from front frontend
frontends frostburn frotz frozen fs fsck fsmonitor fstat fstatat fsync ftell ftp fts fuchs fujitsu fulfilled fulfills
full fuller fully fun func funcname funcs function functional functionality functionally functioning functions
fundamental fundamentally funny furnished further furthermore future futureproof fuzz fuzzer fuzzers fuzzing fuzzy
fwrite ga gabor gabriel gailly gain gained gaining gains galician gallagher games gamma gang gap gaps garbage garbled
garcia garden gareth garnacho garrett gary gas gasper gateway gather gathering gave gawk gboolean gc gcc gchar gcov
gcrypt gdb gdbm gdbserver gdbus gdk gdm ge gedit geert gen general generalize generalized generally generate generated
generates generating generation generator generators generic gentoo geoffrey geometry georg george georgian gerhard
german germany gerrit get getaddrinfo getconf getcwd getenv geteuid getgroups gethostbyname getnameinfo getopt getpass
getpid getpwent getpwuid getrandom getresuid getrlimit gets getsid getsockname getter getters gettext gettimeofday
getting gettys gi gianni giant gibson gid gil gilbert gilles gilli gillmor gimeno gimp gingerbread gio giovanni gir
gireesh git gitattributes gitdir gitfile github gitignore gitk gitlab gitster gitweb give given gives giving gl glade
glen glib glibc glitch glitches glob global globally globals globbing globs glossary glue glyph glyphs gmail gmake gmp
gmtime gmx gnat gnome gnu gnulib gnumeric gnupg gnutls go goal goals gobject goddag goes going gold golovan gone
gonzaga gonzalez good google got goto gotten governance gpg gpgconf gpgsm gpgv gprof gr grab grabbed grabbing grabs
grace graceful gracefully gradient gradients gradually graduate graeme graft grafts graham grained grammar grandchild
grant granted grants granularity graph graphic graphical graphics graphs grave gravity gray grayscale great greater
greatest greatly greek green greg gregor gregory grep grew grey grid griggs groff grok ground group grouped grouping
groups grow growing grown grows growth grubb gruenbaum gs gsberg gt gtest gtk gtkrc gu guarantee guaranteed guarantees
guard guards guess guessed guesses guessing guest guez gui guidance guide guidelines guides guido guile guilherme
guillaume gujarati gundersen gunzip gus gustavo gustin guten guy gvfs gyp gypfiles gzip gzipped habacker habit hack
hackers hacking hacks had hadn haible hair haischt half haller halt halves hamano hamel hamilton hand handful handing
handle handled handler handlers handles handling handshake handy haneman hang hanging hangs hangul hanno hans hao
happen happened happening happens happily happy hard hardcode hardcoded hardcoding harden hardened hardening harder
hardlink hardlinks hardly hardware hardwired harm harmful harmless harness harris has hash hashed hashes hashing
hashmap hashtable hasn hasselmann haswell hat hatch have haven having havoc hayes hazards he head header headers
heading headings heads health heap hear heard heavily heavy hebrew heftig height heine heinecke held helgrind hello
help helped helper helpers helpful helping helps helvetica hence henningsen henriksson henrique henstridge her here
hereby herein herman herrmann herzberg heterogeneous heuristic heuristics hex hexadecimal hexdigits hexdump hg hi
hicks hidden hide hides hiding hierarchical hierarchies hierarchy high higher highest highlight highlighted
highlighting highlights highly hill hiller hills him hindi hint hinting hints his histogram historic historical
historically histories history hit hits hitting hkps hmac ho hoc hold holder holding holds hole holes hombourger home
homebrew homedir homepage hommey hong hongjinghao hongxu honor honored honoring honors honour honoured honours hood
hook hooks hookup hoosier hop hope hoped hopefully horizontal horizontally horribly host hosted hostile hosting
hostname hostnames hosts hot hotspot hour hours how howard however howl hppa hr href hrtime html htmldir http httpd
https hu huang hubert huffman huge hugh hughes hugo human humans hundred hundreds hung hungarian hunk hunks hunter
hurd hurt hurts hw hy hybrid hyper hyperlinks hyphen hyphenation hyphens hypothetical hyv iain ian ibarra icc ice
icelandic icon icons iconv icu id idea ideal ideally ideas idempotent ident identical identically identification
identified identifier identifiers identifies identify identifying identities identity idiom idiomatic idioms idle ido
ids idx ie if ifdef ifdefs ifndef ifunc ifupdown ignacio ignore ignored ignores ignoring igor ihrig ii iii ijaz ikke
illegal illustrate illustrated illustrates illustration ilovezfs ilya image images imagine imap img imitate immediate
immediately immune immutable impact impacted impactful impacting impacts impl implement implementation implemented
implementing implementors implements implications implicit implicitly implied implies imply import importance
important importantly imported importing imports impose imposed impossible improper improperly improve improved
improvement improvements improves improving imran in inability inaccessible inaccurate inactive inactivity inadequate
inadvertently inappropriate inc incapable incidentally include included includedir includes including inclusion
inclusive incoming incompatible incompatibly incomplete inconsistency inconsistent inconsistently inconvenience
inconvenient incorporate incorporated incorporates incorporating incorrect incorrectly increase increased increases
increasing increment incremental incrementally incremented incrementing increments incurs indeed indefinitely indent
indentation indented independent independently indeterminate index indexed indexes indexing india indicate indicated
indicates indicating indication indications indicator indicators indices indirect indirection indirectly individual
individually individuals indonesian indutny ineffective inefficiency inefficient inen inetd inf infer inferior
inferred infile infinite infinitely infinity inflate influence influenced info inform information informational
informative informed informing informs infrastructure ing inherent inherently inherit inheritance inherited inherits
inhibit inhibits ini init initgroups initial initialisation initialise initialization initialize initialized
initializer initializers initializes initializing initially initiate initiated initiates initiative initiatives
initiator initrd inject injection inkscape inline inlined inlining inner inode inodes inotify input inputs insane
insanely insecure insensitive insert inserted inserting insertion insertions inserts inside insist insisted insisting
insn inspect inspected inspecting inspection inspector inspired install installable installation installations
installcheck installed installer installers installing installs instance instanceof instances instantiate instantiated
instantiating instantiation instantly instaweb instead institute instruct instructed instruction instructions
instructs instrument instrumented instruments insufficient insufficiently int intact integer integers integral
integrate integrated integrates integrating integration integrators integrity intel intelligently intend intended
intending intensive intent intention intentional intentionally interact interacting interaction interactions
interactive interactively interacts intercept intercepted interchange interdependent interest interested interesting
interface interfaces interfacing interfere interferes interfering interim interior interix interleaved intermediate
intermittent intermixed intern internal internally internals international internet interop interoperable interoperate
interpolation interpret interpretation interpreted interpreter interpreters interpreting interprets interprocess
interrupt interrupted interrupting interrupts intersection interval intervals intervening intervention intl intltool
into intrinsic intrinsics intro introduce introduced introduces introducing introduction introductory introspect
introspectable introspection ints inttypes intuitive invalid invalidate invalidated invalidates invalidation invalidly
invariant invariants invent invented inverse inversion invert inverted investigate investigated investigating
invisible invited invocation invocations invoke invoked invokes invoking involve involved involves involving io ioctl
ioctls iojs iouchtchenko ip ipc iptables irc irish irix iron irrational irregular irrelevant irrespective is isaac
isaacs isatty isinf isn isnan isolate isolated isolation issue issued issuer issues issuing it italian italic item
items iterable iterate iterated iterates iterating iteration iterations iterator iterators its itself iv ivan ja jaap
jacek jack jackson jacob jacoutot jake jakob jakub james jamesh jamo jan january japanese jard jared jargon jarno
jasnell jason jasper java javascript javier jay jbelmonte jean jeff jeffrey jenkins jens jeremi jeremiah jeremy jeroen
jesper jesse jhbuild ji jia jim jo joachim job jobs joe joel joerg joern joernchen johan johannes johansen john
johnson join joined joining joins jollans jon jonas jonathan jones jonsson jordan jorge jos jose josef josefsson
joseph josh joshua journal joyee jp jpegtran jq jr js jslint json juan judged jul julian julien julio july jump jumps
jun june jung junio junk jussi just justification justified justify justin jutro jwk ka kahn kai kalev kang kannada
kara karel karl kasal kaseorg kat katz kazakh kbd keep keepalive keeping keeps keith keithp kelemen ken kenneth kent
kept kerberos kernel kernels kerr kevin key keybindings keyboard keyboards keybox keycode keycodes keyed keyfile
keying keymap keymaps keypad keypress keyring keyrings keys keyserver keystrokes keysym keysyms keyword keywords khem
khmer kick kicked kill killed killer killing kills kilobytes kim kimmo kind kinds king kir kirill kit kjartan klaus
klime klode klose kludge kluyver kn knew knife knob know knowing knowledge known knows knuth ko koch kohei kolyshkin
konopko konstantin korean kost koutn kqueue kristian krynicki krzesimir krzysztof kukkonen kumar kurdish kvm kyle
kylie la lab label labeled labelled labels labs lachowicz lack lacked lacking lacks lahey laid lamb lambda lan lance
land landed landing lands landscape lane lang langasek langinfo language languages lao laptop large largely larger
largest larry lars larsson lasagna lasse last laszlo late latency later latest lathiat latin latter latvian lau launch
launchd launched launches launching laurent lauser law lax layer layers layout layouts lazily lazy lc lchown lcov ld
ldconfig le lead leader leading leads leaf leak leakage leaked leaking leaks leap learn learned learning learns learnt
least leave leaves leaving led ledkov ledru lee left leftover legacy legal legendecas legitimate lember len length
lengths lengthy lenient lennart lenny leonard lesiak leslie less lesser let lets letter letters letting level levels
leverage lewis lewycky lexer lexical lfs li lib libapparmor libassuan libaudit libblkid libc libcrypto libcurl
libdaemon libdbus libdir libdl libevent libexec libexecdir libexpat libfoo libgcrypt libhowl libiconv libidn libintl
libjpeg libksba liblzma libm libmount libpng libpthread libpython libraries library libreoffice librt libs libsecret
libselinux libssl libstdc libsystemd libtiff libtool libtoolize libudev libunistring libutil libuv libxml libxmlsec
libxslt licence license licensed licenses licensing lie lies life lifecycle lifetime lifetimes lift lifted light
lightweight like likelihood likely likewise limit limitation limitations limited limiting limits lin lindskog line
linear linefeed lines link linkage linked linker linkers linkify linking links lint linter lintian linting linus linux
lion list listed listen listenable listened listener listeners listening listens listing listings lists literal
literallayout literally literals lithuanian little liu live lives living lix lkundrak ll ller llhttp lloyd llvm ln lo
load loadable loaded loader loaders loading loads lobster local locale locales localhost locality localization
localized locally localstatedir localtime locate located locating location locations lock lockdown locked locker
lockfile lockfiles locking locks lockups log logged logger logging logic logical logically login logind logo logos
logout logs lokhorst london lone long longer longest longjmp longstanding look looked looking looks lookup lookups
loomis loongson loop loopback loophole looping loops loose loosely loosen loosened lorenz lortie lose loses losing
loss lossless lossy lost lot lots loud loudly louis love low lower lowercase lowest lp lpr ls lseek lstat lt ltd ltdl
lu luca lucas luck ludovic ludwig luigi luis lukasz luke luminance lureau lv lzma ma mac macedonian mach machine
machinectl machinery machines macieira maciej macintosh mackall macos macro macros made madsen magic magnitude magnus
magnusson mahmoudi maiden mail mailbox mailinfo mailing mailinglist mailmap mailto main mainline mainloop mainly
mainstream maint maintain maintainable maintained maintainer maintainers maintaining maintains maintenance maithili
major majority make makefile makefiles makeinfo makes making malay malayalam malcolm malformed malicious maliciously
malloc man manage managed management manager managers manages managing manchmal mandated mandatory mandb mandriva
mangled mangling manifest manipulate manipulated manipulating manipulation manish manner manpage manpages manual
manually manuals manuel manufacturer many map mapped mapping mappings maps mar maraas marathi marc marcel march marcin
marco marcus marek margin margins mariano mario mark markdown marked marker markers marking marko marks markup markus
marshal marshall mart martin marzipan mas masahiro mask masked masking masks massachusetts massive massively master
match matched matcher matches matching matej material math mathematical mathias mathieu matrix matt matteo matter
matters matthew matthias matthijs mattias mature matured maturity maurer maurice max maxdepth maximal maximize maximum
may maybe mayo mazo mb mbox md mdb me mean meaning meaningful meaningfully meanings means meant meantime meanwhile
measure measured measurement measurements measures measuring mebibytes mechanism mechanisms media mediation medium
meeks meerwald meet meeting meets megabytes meinproc meissner meld mem member members membership memberships memcheck
memcmp memcpy memleak memmove memory memset mena mendez meng mention mentioned mentioning mentions menu menus
mercurial merely merge merged merges mergetool merging mergy merino meson mess message messagebus messages messed
messy met meta metacharacters metadata metcalf meter method methods metric metrics metzler meyer mhdawson mi micha
michael michal michel michelsen micro microsecond microseconds microsoft microtask middle miettinen might migrate
migrated migrating migration mikael mike mikhail milan mild miles miller million milliseconds milo mime mimetype
mimetypes mimic min mind mingw minier minimal minimally minimize minimizes minimizing minimum minor minus minute
minutes mips miroslav mirror mirroring mirrors mis misaligned misbehave misbehaved misbehaving misc miscellaneous
miscompilation misconfigured miscounted misdetected misguided mishandle mishandled mishandles mishandling
misidentified misinterpreted misleading misleadingly mismatch mismatched mismatches mismatching misplaced miss missed
misses missing misspelled mistake mistaken mistakenly mistakes misuse misused misuses mit mitch mitchell mitigate
mitigated mitigating mitigation mix mixed mixing mixture mjs mk mkdir mkfifo mknod mkstemp mktemp ml mm mmap mn
mnemonic mock mocking mod mode model modeled models modem moderate moderation modern modernize modernized modes modest
modifiable modification modifications modified modifier modifiers modifies modify modifying modular module modules
modulo modulus mohammed moment mon monitor monitored monitoring monitors mono monochrome monospace monotonic monster
monstrously month months mooney moore morales more moreover morgan morin morozov morten moshe most mostly motion
motorola mount mounted mounting mounts mouse move moved movement moves moving mozilla mpf mpitt mprotect mr mremap ms
msg msgfmt msgid msi msvc msvcrt msysgit mt mtime mu mubin much mueller muhammet multi multibyte multicast multilib
multiline multilingual multipart multiple multiples multiplication multiplier multiply multithreaded munmap murray
mushroom musl must mustieles mutable mutate mutated mutex mutexes mutt mutually mutz mv my myles myself mystery
myxsltproc nagel nagle nagy naive name named namely names namespace namespaced namespaces namespacing naming
nanosecond nanoseconds nanosleep napi narang narrow nasty natanael nate nathan national native natively natural
naturally nature nautilus nav navigate navigating navigation nb ne near nearest nearly necessarily necessary need
needed needing needless needlessly needs negate negated negative negatively negotiate negotiated negotiation neither
nelson nemo nepali nest nested nesting net netdev netlink netscape nettle network networkd networking networks neumann
never nevertheless new newer newest newline newlines newly news next nez nice nicely nicer nicholas nick nickname
nicolas nie nielsen nightly nik niklas nikolai nikos nils nine ninja nios nits nix nl nm nn nnn no noah nobody nocera
node nodejs nodes noise noisy non nonce noncharacters none nonempty nonetheless nonexistent nonsense nonsensical
nonstandard nonzero noop noordhuis nop nor norm normal normalization normalize normalized normally norman norris
norvell norwegian nosthoff not notable notably notation notations note noted notes noteworthy nothing noticable notice
noticeable noticed notices noticing notification notifications notified notifies notify notion nov november now
nowadays nowak npm nr nroff ns nss nsswitch nth nul null nullptr num number numbered numbering numbers numer numeric
numerical numerically numerous nussel nynorsk obey obj object objections objective objects obscure obscured
observation observe observed observer obsolescent obsolete obsoleted obtain obtained obtaining obtains obvious
obviously oc occasional occasionally occitan occupied occupies occupy occur occured occurred occurrence occurrences
occurring occurs oct octal octet octets october octopus odd oddball of off offending offer offered offering offers
official officially offline offset offsetof offsets often oh ohtsu ois ok okay old older oldest oleg oliva oliver
olivier ominous omission omit omits omitted omitting on onaca onboarding once one oneline ones onet ongoing online
only onto onwards op opacity opaque opcode opcodes open openat openbsd opendir opened opening openrc opens openssl
operand operands operate operates operating operation operational operations operator operators opinion opportunity
opposed opposite ops opt optimal optimisations optimised optimization optimizations optimize optimized optimizes
optimizing option optional optionally options opts or oracle order ordered ordering orders ordinary org organization
organizations organized orientation oriented origin original originally originate originated originates originating
origins oriya orphaned ort orthogonal os osmond other others otherwise otte ought our ours ourselves out outbound
outcome outdated outer outfile outgoing outline outlined outlines output outputs outputting outside outstanding over
overall overcome overflow overflowing overflows overhaul overhauled overhead overlap overlapped overlapping overlaps
overlay overlays overload overloaded overlong overly overridden override overrides overriding overrun overruns
overview overwrite overwrites overwriting overwritten overwrote owen own owned owner owners ownership owns pa pack
package packaged packagers packages packaging packard packed packet packets packfile packfiles packing packs pad
padded padding pads page pager pages pain paint painted pair paired pairs pajak palette pam pan panel pango panics
paolo paper paragraph paragraphs parallel paralleling parallelism param parameter parameters params parent parentheses
parenthesis parents parity park parrotting parse parsed parser parsers parses parsimonious parsing parsons part
partial partially participants participate participating participation particular particularly parties partition
partitions partly parts party pascal pashto pass passed passes passing passive passphrase passphrases passwd password
passwords past paste pasting pat patch patched patches patching patents path pathname pathnames pathological paths
pathspec pathspecs patio patrick pattern patterns paul pauline pause paused pauses pavel pavlov pay paying payload
pays pc pcre pdf peak pedantic pedro peek peer pem penalty pending pennington pentium people pep peppermint per
percent percentage percentages perf perfect perfectly perforce perform performance performant performed performing
performs perhaps period periodic periodically periods perkin perl permanent permanently permissible permission
permissions permissive permit permits permitted perrier persch persian persist persistence persistent persistently
persists person personal persons perspective peter peters petr petrov phane phase phased phases phil philip philipp
philippe phillips photoshop physical physically pi pick pickaxe picked picker picking picks picture pictures pid
pidfile piece pieces pierre pies pike pile pin pinca pinentry ping pinned pinning pino piotr piotrowski pip pipe piped
pipeline pipelines pipes piping pirate pitfalls pitt pixbuf pixel pixels pixmap pixmaps pkg pkgconfig pl place placed
placeholder placeholders placement places placing plain plaintext plan plane planes planned planning plans platform
platforms play playing please plenty plot plug plugged plugin plugins plumbing plural plus pneumatic png po poeterring
poettering point pointed pointer pointers pointing pointless points poison policies policy polish polkit poll polling
pollution polly poof pool pooling pools poor poorly pop popen popping popular populate populated populating popup
porcelain porcelains port portability portable ported porting portion portions ports portugese portuguese position
positional positioned positioning positions positive positives posix possibilities possibility possible possibly post
posted posting postinst postmortem posts pot potential potentially pow power powerful powerpc powershell pp ppc pr
practical practically practice practices pragma prctl pre pread precede preceded precedence precedes preceding
precipitation precise precisely precision precompiled precompute predefined predicate predict predictable preexisting
prefer preferable preferably preference preferences preferred prefers prefix prefixed prefixes prefixing preimage
preliminary preload premature prematurely preparation preparatory prepare prepared prepares preparing prepend
prepended prepending prepends preprocess preprocessed preprocessing preprocessor prerequisite prerequisites presence
present presentation presented presenting presently presents preserve preserved preserves preserving preset presets
press pressed pressing pressure presumably pretend pretending pretty prev prevent prevented preventing prevents
preview previous previously price primarily primary prime primitive primitives primordials principle principles
prindeville print printable printed printer printers printf printing prints prior priorities prioritize priority
privacy private privately privilege privileged privileges pro prob probability probable probably probe probes probing
problem problematic problems proc procedure procedures proceed proceeding proceeds process processed processes
processing processor processors produce produced produces producing product production productivity products profile
profiler profiles profiling program programmer programmers programming programs progress progressive prohibit
prohibits project projects prominent promise promised promises promisify promisor promote promoted promotion prompt
prompted prompting prompts prone pronounced pronouns proof prop propagate propagated propagating propagation proper
properly properties property proportional proposal proposals propose proposed proprietary protect protected protecting
protection protects protocol protocols prototype prototypes prove proved proven provide provided provider providers
provides providing provision provoke provoking proxies proxy prune pruned pruning ps pseudo pseudorandom pt pthread
pthreads ptr ptrace public publication publicly publish published publishing pull pulled pulling pumpkin punathil
punctuation punjabi punycode pure purely purge purged purple purpose purposes push pushed pushes pushing put puts
putting pwd pwrite pygobject pypi pyste python qhelpgenerator qsort qt quadratic quale qualified qualifier qualifiers
quality quantities quantization queried queries query querying querystring question questionable questions queue
queued queues quic quick quicker quickest quickly quiet quintero quirks quit quite quits quitting quota quotas quote
quoted quotes quoting race races racy radio radius radoslaw rafael raghavan raise raised raises raising raj ralf ralph
ran rand random randomly randomness range ranges ranging rapid rapidly rare rarely rasmussen raster rate rates rather
ratio rationale ratios ratiu raw rawhide ray raymond rbalint rc re reach reachability reachable reached reaches
reaching react read readability readable readdir reader readers readily reading readline readlink readme readonly
reads ready real realistic reality realize realized realloc really realm realpath rearrange reason reasonable
reasonably reasoning reasons reassure rebase rebased rebasing reboot rebuild rebuilding rebuilds rebuilt recall
receive received receiver receives receiving recent recently reception recipient recipients recognition recognize
recognized recognizes recommend recommendation recommended recommending recommends recompilation recompile recompiling
reconfigure reconfigured reconnect reconstruction record recorded recording records recover recoverable recovery
recreate recreated recreating rectangle rectangles rectangular rects recurse recurses recursion recursive recursively
reczey red redact redaelli redefine redefined redefining redefinition redesign redesigned redhat redirect redirected
redirection redirects redistribute redo redondo redone reduce reduced reduces reducing reduction reductions
redundancies redundant reentrant ref refactor refactored refactoring refael refcount refcounting refer reference
referenced references referencing referred referring refers refine refinements reflect reflected reflecting reflector
reflects reflog reflogs refname refnames reformat refrain refresh refreshed refs refspec refspecs reftable refuse
refused refuses refusing reg regard regarded regarding regardles regardless regards regenerate regenerated regex
regexp region regions register registered registering registers registration registrations registry regressed
regression regressions regular regularly reimplement reimplemented reinstallation reinstate reis reisner reiss reject
rejected rejecting rejection rejections rejects rel relate related relating relation relationship relative relatively
relavant relax relayed relays release released releaser releasers releases releasing relevance relevant reliability
reliable reliably relicensed relied relies reload reloaded reloading reloads relocatable relocated relocation
relocations relro rely relying remain remainder remained remaining remains remark remember reminder remote remotely
remotes removable removal removals remove removed removes removing ren rename renamed renames renaming render rendered
renderer rendering renders rendezvous rene renegotiation reopen reorder reordered reordering reorganisation
reorganization reorganize reorganized repack repacking repair repeat repeatable repeated repeatedly repeating repeats
repetition repl replace replaced replacement replacements replaces replacing replay replayed replaying replies reply
replying repo report reported reporter reporters reporting reports repos repositories repository represent
representation represented representing represents reproduce reproduced reproducible req request requested requesting
requests require required requirement requirements requires requiring reread rerere rerun res research resembles
reserve reserved reset resets resetting reside resident resides resilient resistance resize resized resizes resizing
resolution resolutions resolv resolve resolved resolver resolves resolving resort resource resources resp respect
respected respective respectively respects respond responded responding responds response responses responsibility
responsible responsive rest restart restarted restarting restarts restore restored restores restoring restrict
restricted restricting restriction restrictions restrictive restricts restructure restructured restructuring result
resulted resulting results resume resumed resumes resuming resumption ret retain retained retaining retains retire
retired retried retries retrieval retrieve retrieved retrieves retrieving retry retrying return returned returning
returns retval reusable reuse reused reuses reusing rev revamp revamped revealed reverse reversed revert reverted
reverting reverts review reviewed reviewers reviewing revise revised revision revisions revisit revocation revoke
revoked revs rewind reword reworded rework reworked rewrite rewrites rewriting rewritten rewrote rez rg ricardo rich
richard richardson richer rick rid right rights ring rinne rip riscv risk risks risky rivera rlimit rlimits rm rmdir
rmvsxop rn ro rob robbins robert roberto roberts robin robust robustly robustness rod rodr rodriguez rogers roland
role roles roll rolland rollback romain roman romanian romanov ron room root rose ross rotate rotated rotation rough
roughly round rounded rounding rounds route routine routines routing row rows rowspan royalty rpc rpm rr rsh rsync rtl
ru ruben ruby rudd rudimentary rule rules run runaway rundir runner running runs runstatedir runtime runtimes russell
russian rust rvagg rw ryan sa sad safe safely safer safest safety said sake sale salt sam same sample samples sampling
samuel samy sandbox sandboxing sandy sane saner sanitize sanitizer sanitizing sanity sans santiago sascha sat
satisfactory satisfied satisfies satisfy savannah save saved saves saving savings saw say saying says scalability
scalable scalar scale scaled scales scaling scan scanline scanlines scanned scanner scanning scans scarier scary
scenario scenarios schedule scheduled scheduler schedules scheduling scheifler schema scheme schemes schindelin
schmidt schroot schueller schwab science scootergrisen scope scoped scopes scoping score scott scp scratch screen
screens screensaver screenshots script scripted scripting scriptlet scripts scroll scrolling scrypt sean search
searched searches searching searle sebastiaan sebastian sebastien sec seccomp second secondary secondly seconds secret
secrets section sections secure securely security sed see seed seeing seek seekable seeking seeks seem seemed seems
seen sees seg segfault segfaulted segfaulting segfaults segment segmentation segments segv sekletar sel select
selectable selected selecting selection selections selective selectively selector selects self selinux sell semantic
semantically semantics semicolon semicolons send sendemail sender sending sendmail sendmsg sends senkpiel sense
sensible sensibly sensitive sensitivity sent sentence sep separate separated separately separates separating
separation separator separators september seq sequence sequencer sequences sequential sequentially serbian sergei
sergey serial serialization serialize serialized serializing series serif serious seriously serve served server
serverlisten servername servers serves service servicedir servicehelper services serving servivce session sessions set
setenv setgid seth setlocale setresuid setrlimit sets setsockopt settable setter setters setting settings settled
setuid setup setups setuptools seven several severe severely severity sg sh sha shadow shadows shall shallow shape
shapes share shared shares sharing shark sharma sharp shaw shebang sheet sheikh shell shelley shells shi shield shift
shifted shifts shigeki ship shipped shipping ships short shortcomings shortcut shortcuts shorten shortened shorter
shortest shorthand shortlog shortly should shouldn show showed showing shown shows shrewsbury shrink shrinks shut
shutdown shuts shutting si sibling siblings side sideband sidebar sides sigmund sign signal signaled signaling
signalling signals signature signatures signed signer significant significantly signing signs silbe silence silent
silently silly silva similar similarity similarly simon simons simple simpler simplest simplicity simplification
simplified simplifies simplify simplifying simply simpson simulate simulated simulating simulation simultaneous
simultaneously sin since singh single singleton sinhala sink sit site sites situation situations six size sized sizeof
sizes sizing sjoerd sk skeleton skip skipped skipping skips skokan skull sl slack slackware slash slashes slave sleep
slice slices sliding slight slightly slot slots slovak slovenian slow slowdown slower slowly slows slurp small smaller
smallest smart smartcard smarter smashing smashy smcv smith smooth smoother smr smuggling snap snapshot snapshots
snell snippet snippets snprintf so social socket socketpair sockets soft software solaris sole solely solid solution
solutions solve solved solver solves solving some somebody somehow someone something sometime sometimes somewhat
somewhere soname sonames soon sooner sophisticated sorry sort sorted sorting sorts soul sound source sourceforge
sources south sp space spaces spacing spam span spanish spans sparc spare sparse sparsely spawn spawned spawning
spawns speak speaking spec special specialized specially specific specifically specification specifications specifics
specified specifier specifiers specifies specify specifying specs sped speed speeding speeds speedup speedups spell
spelled spelling spend spending spent spew spider spin spirit splice split splits splitting spot spotted spread
sprintf spurious sq sqrt square squash squashed squelch squelched squirrel sr src srcdir srivastava ss ssh ssl st
stability stable stabs stack stacks stacktrace staff stage staged stages staging stale stalled stamp stamps stand
standalone standard standardize standardized standards standing stands stanford stanislav star start started starting
starts startup stash stat state stated stateful stateless statement statements states statfs static statically stating
statistics stats status statuses stay stays std stderr stdin stdint stdio stdlib stdout stealing steering steev stef
stefan stefano steffens stem step stepan stephane stephen stepping steps steve steven steward stewart stick sticky
still stock stone stop stopped stopping stops storage store stored stores storing story str strace straight strange
strashkin strategic strategies strategy stray strbuf strcmp strcpy stream streamed streaming streamline streamlined
streams strength strerror stress stretch strftime strict stricter strictly string stringified stringify strings strip
stripped stripping strips strlen strncpy stroke strong stronger strongly struct structs structurally structure
structured structures stub stubs stuck studio stuff stun stupid style styles stylesheet stylesheets styling su sub
subclass subclassed subclasses subcmd subcommand subcommands subdirectories subdirectory subexpressions subject
subkeys sublicense submission submit submitted submitting submodule submodules suboptimal subpath subprocess
subprocesses subproject subroutine subscribe subscription subscripts subsection subsequent subsequently subset subsets
substantial substantially substitute substituted substitutes substitution substitutions substring substrings subsystem
subsystems subtle subtracting subtraction subtree subtype subtypes subversion succeed succeeded succeeds success
successful successfully succession successive such suchlike suddenly sudo suffer suffice sufficient sufficiently
suffix suffixed suffixes sugar suggest suggested suggesting suggestion suggestions suggests suit suitability suitable
suite suited suites sum summaries summarize summary sun sup super superfluous superior superproject superseded
supersedes superseding superset superuser supplemental supplementary supplied supplies supply supplying support
supportable supported supporting supports suppose supposed suppport suppress suppressed suppresses suppressing
suppression suppressions sur sure surface surfaces surprise surprised surprises surprising surrogate surrounded
surrounding survive susceptibility susceptible suspect suspected suspend suspended suspends suspicious sv sven svg
sviatoslav svn swallow swap swapped swapping swaps swedish swiss switch switched switches switching sylvestre sym
symbol symbolic symbols symlink symlinked symlinks symmetric symptom symref sync synced synchronize synchronized
synchronous synchronously syncing synonym synonymous synopsis syntactic syntactically syntax synthesize synthesized
synthetic sys sysadmins syscall syscalls sysconf sysconfdir sysctl sysfs syslog system systemctl systemd systems
sysusers szyndela ta tab table tables tablet tabs tag tagged tagger tagging tags tail taint taiwan take taken takes
taking takuro talk talking talks tamil tampering tan tap tar taras tarball tarballs target targeted targeting targets
targos task tasks tatar taught taylor tcl tcp tcsh td te teach team teams tech technical technically technique
techniques technologies technology ted tedp tee telekinesis tell telling tells telugu temp tempfile template templates
temporarily temporary ten tend tends tentative term termcap terminal terminals terminate terminated terminates
terminating termination terminator terminology terms ternary test testcase tested testing tests testsuite tewari
texinfo text textconv texts textual tezduyar th thai than thank thanks that the their theirs them theme themes
themselves then theodore theoretical theory theppitak there thereafter thereby therefore thereof these they thiago
thibault thin thing things think thinking thinks third this thomas thompson thorough thoroughly thorsten those though
thought thousand thousands thread threaded threading threadpool threads threadsafe threat threats three threshold
threw throttling through throughout throughput throw throwing thrown throws thu thumb thumbnails thus tian tick ticket
tickets tidy tie tied tier tiered tight tighten tightened tightening tighter tightly tilde tile tiled tilera tiles
tiling till tim time timed timeframe timeout timeouts timer timers times timestamp timestamps timezone timing timings
timo timothy tiny tip tips titanium title titled titlepage titles tk tls tmp tmpdir tmpfs to tobias toc today todd
todo together toggle toggled toggles tojnar token tokens told tolerate tolerated tolerating tom tomas tomasz tommi
tomorrow tony too took tool toolchain toolchains tooling toolkit toolkits tools toolset top topi topic topics toplevel
topping tor torn torsten toscano total totally touch touched touches tow toward towards tr trace traceback traced
traces tracing track tracked tracker tracking tracks trade trademark tradeoff tradeoffs traditional traditionally
traffic trail trailer trailers trailing training transaction transactional transactions transcoding transfer
transferred transferring transfers transform transformation transformed transforming transforms transient transition
transitional transitions translatable translate translated translates translating translation translations translator
translators transmission transmit transmitted transparency transparent transparently transport transports trap trapped
traps trash traversal traverse traverses travis treat treated treating treatment treats tree trees trent trevisan
trevor triage triagers trick tricked tricks tricky tried tries trigger triggered triggering triggers trim trimmed trip
triple tristan trivial trivially triwidada troff trott trouble true truly truncate truncated truncates truncating
truncation trunk trust trusted trusting truthy try trying tt ttermann ttl tty tue tukaani tune tuned tuning tuomo
tuple tuples turco turkish turn turned turner turning turns tutorial tweak tweaked tweaking tweaks twice twisted two
twofish txt tyler type typed typedef typedefs typename typeof types typeset typical typically typing typo typofixes
typographical typography typos tz tzdata uaccess ubsan ubuntu uchar udev udp uebernickel ueno uevents ugly uid uids
uint uk ukrainian ukranian ul ulimit ulrich ultimate ultimately ultrix umask umount umut un unable unaffected
unaligned unallocated unambiguous unambiguously uname unary unattended unavailable unavoidable unaware unbind unborn
unbounded unbreak unbuffered uncaught unchanged unchecked unclear uncomment uncommitted uncommon uncompress
uncompressed unconditional uncovered undeclared undecorated undef undefined under undergo underline underlying
underscore underscores understand understandable understanding understands understood undesirable undesired undici
undo undocumented unencrypted unexpected unexpectedly unexported unfair unfinished unflag unfortunate unfortunately
unhandled unhelpful unicast unicode unified uniform uniformly unify unimplemented uninitialised uninitialized
uninstall uninstalled unintended uninteresting union unions uniq unique uniquely unit united units universal
university unix unixes unknown unless unlike unlikely unlimited unlink unlinked unload unloaded unlock unlocked
unmaintained unmapped unmarshalling unmatched unmerged unmodified unnecessarily unnecessary unneeded unofficial unpack
unpacked unpacking unpacks unpopulated unportable unpredictable unprivileged unprocessed unquote unquoted unreachable
unreadable unreasonable unrecognized unrecoverable unref unreferenced unregistered unrelated unreliable unresolved
unresponsive unsafe unset unsetting unsigned unsorted unsound unspecified unstable unsupported unterminated untested
until untouched untracked untrusted untz unusable unused unusual unwanted unwind unwinding unwrap unzip up upcoming
update updated updates updating upfront upgrade upgraded upgrades upgrading upload uploaded uploading uploads upon
upper uppercase ups upsampling upstart upstream upward upwards ur urgency url urls us usability usable usage usages
use used useful usefull usefully usefulness useless usenet user userdb userdiff userland username usernames users
userspace uses using usual usually util utilities utility utilization utilize utilizes utils utimensat utmp utterly
uuid uv uvwasi uws uyghur uz vadim vagg vainikainen val vala valencian valgrind valid validate validated validates
validating validation validations validity valign valmary valuable value values vampire van vanilla var varargs
variable variables variadic variant variants variation variations varies variety various variously vars vary varying
vasiliy vastly vavilov vbox vcbuild ve vector vectors veillard ven vendor vendors vennix verbatim verbose verbosity
vereshchagin verification verified verifies verify verifying versa versatile version versionadded versionchanged
versioned versioning versions versus vertical vertically very vi via vice victor vidal video vietnamese view viewable
viewed viewer viewers viewing views ville vim vimdiff vincent vine violate violates violation violations virtual
virtualenv virtually visibility visible visit visited vista visual visualize visually visuals vladimir vlink vm vogt
vohr void vol volatile volume volumes volunteers von vs vsnapshot vsnprintf vulnerability vulnerable wachi wait waited
waiting waitpid waits walk walker walking walks wall wallace walter walters walton wang want wanted wanting wants warn
warned warning warnings warns warranty was wasi wasm wasn waste wasted wasteful wasting watch watched watcher watching
watson waugh way wayland ways wc we weak web webcrypto website webstreams wed week weeks wei weight weighted weights
weird welche welcome welcomed well wen wendler wendt went were weren werner wesley wget what whatever wheel wheels
when whenever where whereas whereby wherever whether which whichever while whilst whimsical whistles white whitelist
whitespace whitespaces who whole whom whose why wich wide widely wider widespread widget widgets width widths wiki
wikipedia wild wildcard wildcards will william williams willing wilson win window windowing windows wine winioctl
winning wins winship winsock wire wise wish wishes wishing wishlist with withdrawn within withnall without wizards
wolf wolfgang wolverine won wong wood woods word wording words work workaround workarounds worked worker workers
workflow workflows working workload workloads works workspace workspaces worktree worktrees world worry worse worst
worth would wouldn wr wraith wrap wrapped wrapper wrappers wrapping wraps writable write writeable writer writers
writes writev writing written wrong wrongly wrote wrt wspiapi wu www xargs xattr xavier xcode xdg xdiff xi xlib
xmalloc xml xmlns xmlsec xmlto xmltoman xor xorg xslt xsltproc xterm xu xvf xvncviewer xx xxx xxxx xyz xz yan yang
yclept year years yellow yes yesterday yet yeung yi yield yields yiyang york you young your yours yourself yu yum yuri
zach zack zajic zaporozhets zasso zeeshan zero zeroconf zeroed zeroes zeros zeuthen zhang zhao zimmermann zip zlib
zlopez zml zombie zone zones zoom zs zsh zssh zstd zygmunt`;

/** Words of ordinary technical text, in small letters. */
export const ORDINARY_WORDS: ReadonlySet<string> = new Set(WORDS.trim().split(/\s+/));
