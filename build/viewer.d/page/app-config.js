// The viewer's configuration. One data source: this archive, by the session's cookie.
{
  // Whoever came by a link is somebody under /s/ID/ only, a patient under /my/; neither has a worklist to go back to.
  const share = /^\/(?:s\/[0-9a-f]{32}|my)(?=\/)/.exec(location.pathname)?.[0] ?? "";
  const dicomweb = `${share}/dicomweb`;
  window.config = {
    name: "leadglass",
    routerBasename: share ? `${share}/` : "/viewer/",
    showStudyList: false,
    extensions: [],
    modes: [],
    customizationService: [{ "ohif.tours": { $set: [] } }],
    whiteLabeling: {
      createLogoComponentFn: (React) => React.createElement("a", { href: share || "/studies", className: "leadglass-back" }, share ? "\u2190 Back" : "\u2190 Worklist"),
    },
    // Our own line is always visible instead (viewer.html).
    investigationalUseDialog: { option: "never" },
    maxNumberOfWebWorkers: 3,
    showCPUFallbackMessage: true,
    showLoadingIndicator: true,
    strictZSpacingForVolumeViewport: true,
    showErrorDetails: "production",
    // Called without a look whether there is one; the viewer tells the reader by itself.
    httpErrorHandler: () => {},
    maxNumRequests: { interaction: 100, thumbnail: 5, prefetch: 25 },
    defaultDataSourceName: "dicomweb",
    dataSources: [
      {
        namespace: "@ohif/extension-default.dataSourcesModule.dicomweb",
        sourceName: "dicomweb",
        configuration: {
          friendlyName: "Leadglass",
          name: "leadglass",
          qidoRoot: dicomweb,
          wadoRoot: dicomweb,
          wadoUriRoot: dicomweb,
          qidoSupportsIncludeField: true,
          supportsFuzzyMatching: false,
          supportsWildcard: true,
          imageRendering: "wadors",
          thumbnailRendering: "thumbnail",
          thumbnailRequestStrategy: "fetch",
          enableStudyLazyLoad: true,
          omitQuotationForMultipartRequest: true,
          dicomUploadEnabled: false,
          bulkDataURI: { enabled: true, relativeResolution: "studies" },
        },
      },
    ],
  };
}
