<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
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
<context>
    <name>idstore::DropOverlay</name>
    <message numerus="yes">
        <source>Add %n file(s)</source>
        <translation>
            <numerusform>Add %n file</numerusform>
            <numerusform>Add %n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>idstore::MainWindow</name>
    <message numerus="yes">
        <source>%n run(s) are still going on</source>
        <translation>
            <numerusform>%n run is still going on</numerusform>
            <numerusform>%n runs are still going on</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>idstore::Rail</name>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n running</numerusform>
            <numerusform>%n running</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>idstore::RailButton</name>
    <message numerus="yes">
        <source>%1, %n need you</source>
        <translation>
            <numerusform>%1, %n needs you</numerusform>
            <numerusform>%1, %n need you</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %n running</source>
        <translation>
            <numerusform>%1, %n running</numerusform>
            <numerusform>%1, %n running</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>idstore::SourceActions</name>
    <message numerus="yes">
        <source>%n invented source(s) are deleted. Your own sources stay as they are.</source>
        <translation>
            <numerusform>%n invented source is deleted. Your own sources stay as they are.</numerusform>
            <numerusform>%n invented sources are deleted. Your own sources stay as they are.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>idstore::SourcesPage</name>
    <message numerus="yes">
        <source>%n source(s)</source>
        <translation>
            <numerusform>%n source</numerusform>
            <numerusform>%n sources</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) were not added.</source>
        <translation>
            <numerusform>%n file was not added.</numerusform>
            <numerusform>%n files were not added.</numerusform>
        </translation>
    </message>
</context>
</TS>
