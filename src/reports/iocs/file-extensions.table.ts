const list = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Extensions of files that run, hold macros or carry malware: what a report names a file for. */
export const FILE_EXTENSIONS: ReadonlySet<string> = list(
  'exe dll pdb sys scr bat cmd com pif cpl ocx drv msi msp msix appx ps1 psm1 psd1 vbs vbe js jse wsf wsh wsc sct hta lnk url inf reg jar class war ear py pyc pyw pyd php php5 phtml jsp jspx asp aspx ashx asmx cgi pl rb sh bash ksh elf so ko bin dat db tmp log cfg conf ini doc docx docm dot dotm dotx xls xlsx xlsm xlsb xlam xla xll ppt pptx pptm ppsx ppam rtf pdf one odt ods chm hlp zip rar 7z gz tgz tar bz2 xz cab ace arj lzh iso img vhd vhdx dmg pkg apk ipa app deb rpm swf crx xpi eml msg csv txt xml json html htm xhtml svg mht png jpg jpeg gif bmp ico mp3 mp4 wav ttf key pem crt cer pfx p12 kdbx ost pst dmp mdmp etl evtx pcap sct csproj sln nupkg ps2 mof msc theme themepack library-ms settingcontent-ms diagcab wim lua go rs c cpp h',
);

/** Of these a bare name stands in any technical text, and only a path or a report's own list makes it an indicator. */
export const PLAIN_EXTENSIONS: ReadonlySet<string> = list(
  'py rb sh bash ksh pl so ko bin dat db log cfg conf ini txt xml json html htm xhtml svg png jpg jpeg gif bmp ico mp3 mp4 wav ttf key pem crt cer csv gz tgz tar bz2 xz deb rpm pkg pdf js php class app go rs c cpp h lua csproj sln md com key tmp dot one url zip reg library-ms theme pyc pyd cgi php5 log go eml msg',
);

/** Top-level domains that end more file names than hosts: a bare name with one is a file, wherever it stands. */
export const FILE_TLDS: ReadonlySet<string> = list(
  'py pl sh rs md zip mov ps so mk pm am ac tf cab do pub bz hm st mm gs tc as vi ax kt pn my',
);

/** Top-level domains that also end names in code and files now and then: a bare name needs a sign that it is a host. */
export const WORD_TLDS: ReadonlySet<string> = list(
  'cc in ml la app name id info ai is it to me no so be at by us do mo po lc sr gd sb lu ms ad sc prof bar ink foundation link open play run save show search select start stop store data date time map call global host email media click zone security management systems services network pro js llc group win work works page pages build codes tools software support help download software report reports review channel cloud box plus array new int next size total exchange directory java man',
);
