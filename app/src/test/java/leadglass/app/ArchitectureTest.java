package leadglass.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.net.Socket;

@AnalyzeClasses(packages = "leadglass", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule arrowsGoOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("leadglass..")
          .withOptionalLayers(true)
          .layer("dicom")
          .definedBy("leadglass.dicom..")
          .layer("image")
          .definedBy("leadglass.image..")
          .layer("net")
          .definedBy("leadglass.net..")
          .layer("edge")
          .definedBy("leadglass.survey..")
          .layer("audit")
          .definedBy("leadglass.audit..")
          .layer("store")
          .definedBy("leadglass.store..")
          .layer("archive")
          .definedBy("leadglass.archive..")
          .layer("server")
          .definedBy("leadglass.server..")
          .layer("app")
          .definedBy("leadglass.app..")
          .layer("testkit")
          .definedBy("leadglass.testkit..")
          .whereLayer("app")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("testkit")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("server")
          .mayOnlyBeAccessedByLayers("app")
          .whereLayer("archive")
          .mayOnlyBeAccessedByLayers("server", "app")
          .whereLayer("store")
          .mayOnlyBeAccessedByLayers("archive", "app")
          .whereLayer("image")
          .mayOnlyBeAccessedByLayers("server")
          .whereLayer("edge")
          .mayOnlyBeAccessedByLayers("app")
          .whereLayer("net")
          .mayOnlyBeAccessedByLayers("edge", "server", "app")
          .whereLayer("audit")
          .mayOnlyBeAccessedByLayers("archive", "server", "app")
          .whereLayer("dicom")
          .mayOnlyBeAccessedByLayers("image", "net", "edge", "store", "archive", "server", "app");

  @ArchTest
  static final ArchRule onlyTheDeviceOfTheCommandLineSpeaksDicomInTheApp =
      noClasses()
          .that()
          .resideInAPackage("leadglass.app..")
          .and()
          .resideOutsideOfPackages("leadglass.app.dicom..", "leadglass.app.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("leadglass.net..")
          .because("what an archive serves is the server's");

  @ArchTest
  static final ArchRule roomsHaveNoCircles =
      slices().matching("leadglass.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyTheAppLogs =
      noClasses()
          .that()
          .resideOutsideOfPackage("leadglass.app..")
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.lang\\.System\\$Logger|java\\.util\\.logging\\..*|org\\.slf4j\\..*")
          .because("rooms report typed events; one room decides what a log line may contain");

  @ArchTest
  static final ArchRule codecsTouchNoSocketAndNoThread =
      noClasses()
          .that()
          .resideInAnyPackage(
              "leadglass.net.ul..", "leadglass.dicom..", "leadglass.image..", "leadglass.audit..")
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(Socket.class, Thread.class)
          .because("decoders are tested from hex strings alone");

  @ArchTest
  static final ArchRule onlyTheAppSpeaksToTheTerminal =
      noClasses()
          .that()
          .resideOutsideOfPackages("leadglass.app..", "leadglass.testkit..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .because("a library that prints may print a patient");

  @ArchTest
  static final ArchRule onlyOnePackageKnowsTheLibraryOfBuckets =
      noClasses()
          .that()
          .resideOutsideOfPackage("leadglass.app.s3..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("software.amazon..")
          .because("none of its classes is loaded unless a bucket is named");

  @ArchTest
  static final ArchRule onlyOnePackageKnowsTheLibraryOfMail =
      noClasses()
          .that()
          .resideOutsideOfPackage("leadglass.app.mail..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta.mail..", "jakarta.activation..", "org.eclipse.angus..")
          .because("none of its classes is used unless checkpoints are sent by mail");

  @ArchTest
  static final ArchRule onlyOnePackageKnowsTheLibraryOfPdf =
      noClasses()
          .that()
          .resideOutsideOfPackage("leadglass.app.report..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.pdfbox..")
          .because("none of its classes is loaded before a report is written");

  @ArchTest
  static final ArchRule onlyOnePackageKnowsTheLibraryOfIdentityProviders =
      noClasses()
          .that()
          .resideOutsideOfPackage("leadglass.app.oidc..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.nimbusds..")
          .because("none of its classes is loaded unless a provider is named");
}
