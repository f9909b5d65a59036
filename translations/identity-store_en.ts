<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>HttpClient</name>
    <message numerus="yes">
        <source>%1 redirects more than %n time(s).</source>
        <translation>
            <numerusform>%1 redirects more than %n time.</numerusform>
            <numerusform>%1 redirects more than %n times.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PackedFile</name>
    <message numerus="yes">
        <source>The archive holds %n tables: %1.</source>
        <translation>
            <numerusform>The archive holds %n table: %1.</numerusform>
            <numerusform>The archive holds %n tables: %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RunText</name>
    <message numerus="yes">
        <source>%1 rows</source>
        <translation>
            <numerusform>%1 row</numerusform>
            <numerusform>%1 rows</numerusform>
        </translation>
    </message>
</context>
</TS>
