# SPDX-License-Identifier: GPL-3.0-or-later
# What is installed beside the program, and the Debian package made of it (./dev package).

set(folder "${CMAKE_CURRENT_LIST_DIR}")
# Desktop entry, metainfo and QGuiApplication::setDesktopFileName() go by this one name.
set(id app.identity_store.IdentityStore)
install(FILES "${folder}/${id}.desktop" DESTINATION "${CMAKE_INSTALL_DATADIR}/applications")
install(FILES "${folder}/${id}.metainfo.xml" DESTINATION "${CMAKE_INSTALL_DATADIR}/metainfo")
install(FILES "${folder}/identity-store.svg" DESTINATION "${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps")
install(FILES "${folder}/copyright" DESTINATION "${CMAKE_INSTALL_DOCDIR}")

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME identity-store)
set(CPACK_PACKAGE_VENDOR "Identity Store contributors")
set(CPACK_PACKAGE_CONTACT "Identity Store contributors")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGING_INSTALL_PREFIX "/usr")
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION database)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Plugins that Qt loads at run time: no link from the program to them that dpkg-shlibdeps could see.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libqt6sql6-sqlite, libqt6svg6")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "qt6-wayland, libsecret-1-0")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
    "Identity Store takes in customer and contact data from files, keeps every
value exactly as it was received, and offers the rows in a window, by a REST API
on this computer and on the command line.")
include(CPack)
